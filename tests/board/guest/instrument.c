// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What do the emulated board's instruments show? instrument get PATH PROPERTY, or set PATH PROPERTY
 * VALUE: what QMP's qom-get and qom-set do (tests/board/qemu/README.md), from the board itself. A value
 * is printed as JSON; what is refused goes to stderr, with status 1.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "port.h"

int main(int argc, char **argv)
{
	char request[1024];
	const char *answer;

	if (!(argc == 4 && !strcmp(argv[1], "get")) && !(argc == 5 && !strcmp(argv[1], "set"))) {
		fprintf(stderr, "Usage: instrument get PATH PROPERTY\n"
				"       instrument set PATH PROPERTY VALUE\n");
		return 2;
	}
	snprintf(request, sizeof(request), "%s %s %s%s%s", argv[1], argv[2], argv[3],
		 argc > 4 ? " " : "", argc > 4 ? argv[4] : "");
	port_open();
	answer = port_request(request);
	if (*answer == '!') {
		fprintf(stderr, "instrument: %s\n", answer + 2);
		return EXIT_FAILURE;
	}
	if (argc == 4)
		puts(answer + 2);
	return EXIT_SUCCESS;
}
