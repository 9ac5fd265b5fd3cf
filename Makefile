# SPDX-License-Identifier: GPL-2.0-or-later
# The ADS1220 from solder to volts: every target, each handed to the folder that does it.

CROSS_COMPILE ?=
KDIR ?=
PREFIX ?= /usr/local
DESTDIR ?=
V ?=

OVERLAYS := $(patsubst overlays/%.dts,build/overlays/%.dtbo,$(wildcard overlays/*.dts))
Q := $(if $(V),,@)

.DELETE_ON_ERROR:
.PHONY: all overlays tool module deploy demo board bench check check-long install uninstall deb clean help

# The module only where this machine's kernel is the target: on the board itself.
all: overlays tool $(if $(filter armv7l armhf,$(shell uname -m)),module)

overlays: $(OVERLAYS)

build/overlays/%.dtbo: overlays/%.dts
	@mkdir -p $(@D)
	$(Q)dtc -@ -I dts -O dtb -o $@ $<

tool:
	$(Q)$(MAKE) --no-print-directory -C userspace $(if $(CROSS_COMPILE),CROSS_COMPILE=$(CROSS_COMPILE))

# What was said on the command line and is a file here is named so that another folder finds it.
here = $(if $(filter command%,$(origin $(1))),$(1)='$(if $(wildcard $($(1))),$(abspath $($(1))),$($(1)))')

module:
	$(Q)$(MAKE) --no-print-directory -C module $(if $(KDIR),KDIR=$(KDIR)) \
		$(if $(CROSS_COMPILE),CROSS_COMPILE=$(CROSS_COMPILE)) \
		$(foreach name,TARGET CONFIG SOURCE SYMVERS,$(call here,$(name)))

deploy: module
	@module/deploy '$(TARGET)' build/module

demo:
	@tests/board/demo

# A $ in RUN= is the board's shell's, not make's.
ifdef RUN
override RUN := $(value RUN)
export RUN
endif

board:
	@tests/board/host-packages demo
	@tests/board/board

bench:
	@tests/bench/run

check:
	@tests/check

check-long:
	@tests/check long

# Below DESTDIR there may be no kernel to build for; on the board there must be.
deploy_options = --prefix '$(PREFIX)' $(if $(DESTDIR),--destdir '$(DESTDIR)') \
	$(if $(KDIR),--kdir '$(KDIR)') $(if $(BUS),--bus '$(BUS)')

install:
	@install/deploy check $(deploy_options)
	$(Q)$(MAKE) --no-print-directory overlays tool $(if $(DESTDIR),$(if $(KDIR),module),module)
	@install/deploy copy $(deploy_options)

uninstall:
	@install/deploy remove $(deploy_options)

deb:
	@install/make-deb $(if $(HOST),--host '$(HOST)')

clean:
	rm -rf build

help:
	@sed -n 's/^#: //p' Makefile

#: make                     overlays and tool, on the board also the module, into build/
#: make demo                boot the emulated Orange Pi, read known voltages through the whole way
#: make board               the same board with your terminal on its console
#: make board RUN='command' one command there: its output, its exit status
#:     BOARD=zero|pc  KERNEL=5.10|6.1|6.12|7.2|DIRECTORY  ROOTFS=small|debian  CLOCK=virtual
#:     AIN0=..AIN3= REF0= REF1= (volts or ohms)  AVDD=  TEMPERATURE=  INPUT=file.csv  FAULT=name
#: make module KDIR=FOLDER  the module for the kernel whose build folder that is
#:     CROSS_COMPILE=arm-linux-gnueabihf-
#: make module TARGET=user@board|FOLDER  for that board or the card in that folder, checked
#:     RELEASE= CONFIG=FILE instead of TARGET=  SOURCE=FILE|FOLDER  SYMVERS=FILE|build  LLVM=1
#: make deploy TARGET=user@board  the same, then put in place there, loaded, or taken back
#: make bench               what a sample costs, beside what else a user could take
#:     KERNEL=5.10|6.1|6.12|7.2
#: make check               all tests (under an hour the first time)
#:     KERNEL_TREE=FOLDER  and the driver on a kernel made of that source
#: make check-long          what takes longer
#: sudo make install        on the board: overlay, module and tool, switched on at the next boot
#:     BUS=spi0|spi1  where the board is none that it knows
#: sudo make uninstall      the way back
#: make deb                 the packages ads1220-dkms, -overlays and -tools, in build/deb
#:     HOST=armhf  the tool for that architecture
#: make clean               removes build/; downloads and the emulator stay in ~/.cache/ads1220
