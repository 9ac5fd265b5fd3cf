// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * port.c - the two registers of the instruments' port, byte by byte
 */
#include "port.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define BASE		0x01c70000	/* tests/board/qemu/instruments.h */
#define SIZE		0x1000
#define REQUEST		0
#define ANSWER		4

static volatile uint8_t *port;

static void __attribute__((noreturn)) die(const char *object, const char *cause)
{
	fprintf(stderr, "port: %s: %s\n", object, cause);
	exit(EXIT_FAILURE);
}

void port_open(void)
{
	int fd = open("/dev/mem", O_RDWR | O_SYNC | O_CLOEXEC);
	void *page;

	if (fd < 0)
		die("/dev/mem", strerror(errno));
	page = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, BASE);
	if (page == MAP_FAILED)
		die("/dev/mem", strerror(errno));
	close(fd);
	port = page;
}

const char *port_request(const char *request)
{
	static char answer[PORT_ANSWER_MAX];
	size_t len = 0;

	for (; *request; request++)
		port[REQUEST] = *request;
	port[REQUEST] = '\n';
	while (len < sizeof(answer) - 1 && (answer[len] = port[ANSWER]))
		len++;
	answer[len] = '\0';
	if (len && answer[len - 1] == '\n')
		answer[len - 1] = '\0';
	if (*answer != '=' && *answer != '!')
		die("this board", "has no instruments: it is not the emulated one");
	return answer;
}

unsigned long long port_number(const char *path, const char *property, const char *member)
{
	char text[256];
	const char *answer;

	snprintf(text, sizeof(text), "get %s %s", path, property);
	answer = port_request(text);
	if (*answer == '!')
		die(property, answer + 2);
	if (member) {
		snprintf(text, sizeof(text), "\"%s\": ", member);
		answer = strstr(answer, text);
		if (!answer)
			die(property, "has no such member");
		answer += strlen(text) - 2;
	}
	return strtoull(answer + 2, NULL, 10);
}
