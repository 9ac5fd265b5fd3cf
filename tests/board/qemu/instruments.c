/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * instruments.c - the emulator's own properties, in reach of a program on the board
 *
 * What QMP's qom-get and qom-set do from outside, at some moment of the host's, a program does here at
 * a moment of its own, and in counted time at the same one in every run. One register each way, a byte
 * an access:
 *
 *	REQUEST		"get PATH PROPERTY\n" or "set PATH PROPERTY VALUE\n"; the line's end does it
 *	ANSWER		"= JSON\n", "=\n" or "! what is wrong\n", and 0 after that
 */
#include "qemu/osdep.h"
#include "hw/qdev-properties.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qapi/error.h"
#include "qapi/qmp/qjson.h"
#include "qapi/qmp/qobject.h"
#include "qapi/visitor.h"
#include "qemu/module.h"
#include "qemu/timer.h"
#include "qom/object.h"
#include "qom/qom-qobject.h"
#include "sysemu/cpu-timers.h"

#include "instruments.h"

OBJECT_DECLARE_SIMPLE_TYPE(InstrumentsState, INSTRUMENTS)

#define REQUEST			0
#define ANSWER			4
#define REQUEST_BYTES		1024

struct InstrumentsState {
	SysBusDevice parent_obj;

	MemoryRegion iomem;
	GString *request, *answer;
	size_t answered;		/* bytes of the answer that were taken */
};

static void get_property(Object *object, const char *property, GString *answer, Error **errp)
{
	QObject *value = object_property_get_qobject(object, property, errp);
	GString *json;

	if (!value)
		return;
	json = qobject_to_json(value);
	g_string_append_printf(answer, "= %s\n", json->str);
	g_string_free(json, true);
	qobject_unref(value);
}

static void set_property(Object *object, const char *property, const char *value, GString *answer,
			 Error **errp)
{
	if (object_property_parse(object, property, value, errp))
		g_string_append(answer, "=\n");
}

/* @word: what to do, path, property, value; those that were not said are NULL */
static void execute(char **word, GString *answer, Error **errp)
{
	unsigned int words = g_strv_length(word);
	Object *object = words > 1 ? object_resolve_path(word[1], NULL) : NULL;

	if (words == 3 && !strcmp(word[0], "get") && object)
		get_property(object, word[2], answer, errp);
	else if (words == 4 && !strcmp(word[0], "set") && object)
		set_property(object, word[2], word[3], answer, errp);
	else if (words > 2 && !object)
		error_setg(errp, "there is no '%s'", word[1]);
	else
		error_setg(errp, "not understood; say get PATH PROPERTY or set PATH PROPERTY VALUE");
}

static void do_request(InstrumentsState *s)
{
	g_auto(GStrv) words = g_strsplit(s->request->str, " ", 4);
	Error *error = NULL;

	g_string_truncate(s->answer, 0);
	s->answered = 0;
	if (s->request->len >= REQUEST_BYTES)
		error_setg(&error, "a request has less than %d bytes", REQUEST_BYTES);
	else
		execute(words, s->answer, &error);
	if (error)
		g_string_printf(s->answer, "! %s\n", error_get_pretty(error));
	error_free(error);
	g_string_truncate(s->request, 0);
}

static uint64_t port_read(void *opaque, hwaddr offset, unsigned int size)
{
	InstrumentsState *s = opaque;

	if (offset != ANSWER || s->answered == s->answer->len)
		return 0;
	return (uint8_t)s->answer->str[s->answered++];
}

static void port_write(void *opaque, hwaddr offset, uint64_t value, unsigned int size)
{
	InstrumentsState *s = opaque;

	if (offset != REQUEST)
		return;
	if (value == '\n')
		do_request(s);
	else if (s->request->len < REQUEST_BYTES)
		g_string_append_c(s->request, value);
}

static const MemoryRegionOps port_ops = {
	.read = port_read,
	.write = port_write,
	.endianness = DEVICE_LITTLE_ENDIAN,
	.valid = { .min_access_size = 1, .max_access_size = 4 },
	.impl = { .min_access_size = 1, .max_access_size = 4 },
};

/* Only of the CPU: an instruction that waits for an interrupt counts once, however long it waits. */
static void get_instructions(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
	uint64_t count;

	if (!icount_enabled()) {
		error_setg(errp, "instructions are counted in counted time only: -icount shift=1");
		return;
	}
	count = icount_get_raw();
	visit_type_uint64(v, name, &count, errp);
}

static void get_time_ns(Object *obj, Visitor *v, const char *name, void *opaque, Error **errp)
{
	int64_t now_ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);

	visit_type_int(v, name, &now_ns, errp);
}

static void instruments_init(Object *obj)
{
	InstrumentsState *s = INSTRUMENTS(obj);

	memory_region_init_io(&s->iomem, obj, &port_ops, s, TYPE_INSTRUMENTS, INSTRUMENTS_SIZE);
	sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
	s->request = g_string_new(NULL);
	s->answer = g_string_new(NULL);
}

static const VMStateDescription instruments_vmstate = {
	.name = TYPE_INSTRUMENTS,
	.unmigratable = 1,
};

static void instruments_class_init(ObjectClass *oc, void *data)
{
	DeviceClass *dc = DEVICE_CLASS(oc);

	dc->vmsd = &instruments_vmstate;
	dc->user_creatable = false;
	object_class_property_add(oc, "instructions", "uint64", get_instructions, NULL, NULL, NULL);
	object_class_property_add(oc, "time-ns", "int", get_time_ns, NULL, NULL, NULL);
}

static const TypeInfo instruments_types[] = {
	{
		.name = TYPE_INSTRUMENTS,
		.parent = TYPE_SYS_BUS_DEVICE,
		.instance_size = sizeof(InstrumentsState),
		.instance_init = instruments_init,
		.class_init = instruments_class_init,
	},
};

DEFINE_TYPES(instruments_types)
