# SPDX-License-Identifier: GPL-2.0-or-later
# How U-Boot gets from armbianEnv.txt to Linux: Armbian's contract for 32-bit sunxi, in our words.

# What armbianEnv.txt may change. The ramdisk goes to U-Boot's own ramdisk_addr_r, files that are
# only looked at go to load_addr, as on an Armbian card.
setenv load_addr "0x45000000"
setenv rootdev "/dev/mmcblk0p1"
setenv rootfstype "ext4"
setenv verbosity "1"
setenv console "both"
setenv overlay_error "false"
setenv fdtdir "dtb"
setenv fdtdefault "${fdtfile}"

echo "Boot script started from ${devtype} ${devnum}"

if load ${devtype} ${devnum} ${load_addr} ${prefix}armbianEnv.txt; then
	env import -t ${load_addr} ${filesize}
fi

if test "${console}" = "serial"; then
	setenv consoleargs "console=ttyS0,115200"
elif test "${console}" = "display"; then
	setenv consoleargs "console=tty1"
else
	setenv consoleargs "console=ttyS0,115200 console=tty1"
fi

setenv bootargs "root=${rootdev} rootwait rootfstype=${rootfstype} ${consoleargs} consoleblank=0 loglevel=${verbosity} usb-storage.quirks=${usbstoragequirks} ${extraargs} ${extraboardargs}"

load ${devtype} ${devnum} ${ramdisk_addr_r} ${prefix}uInitrd
load ${devtype} ${devnum} ${kernel_addr_r} ${prefix}zImage

# Trees are flat in dtb/ on 32-bit Armbian, but fdtfile may name the vendor's folder, and a tree that is
# not there; then it is the one that U-Boot was built for.
if test -e ${devtype} ${devnum} ${prefix}.next; then
	setexpr fdtfile sub "allwinner/" "" "${fdtfile}"
	if test ! -e ${devtype} ${devnum} ${prefix}${fdtdir}/${fdtfile}; then
		if test -e ${devtype} ${devnum} ${prefix}dtb/allwinner/${fdtfile}; then
			setenv fdtdir "dtb/allwinner"
		else
			setenv fdtfile "${fdtdefault}"
		fi
	fi
	setenv fdtdir "${prefix}${fdtdir}"
	echo "Base tree: ${fdtdir}/${fdtfile}"
	load ${devtype} ${devnum} ${fdt_addr_r} ${fdtdir}/${fdtfile}
	fdt addr ${fdt_addr_r}
	fdt resize 65536

	for word in ${overlays}; do
		if load ${devtype} ${devnum} ${load_addr} ${fdtdir}/overlay/${overlay_prefix}-${word}.dtbo; then
			echo "Applying kernel overlay ${overlay_prefix}-${word}.dtbo"
			fdt apply ${load_addr} || setenv overlay_error "true"
		fi
	done
	for word in ${user_overlays}; do
		if load ${devtype} ${devnum} ${load_addr} ${prefix}overlay-user/${word}.dtbo; then
			echo "Applying user overlay ${word}.dtbo"
			fdt apply ${load_addr} || setenv overlay_error "true"
		fi
	done

	# A failed apply leaves a tree that cannot be used: nothing of any overlay is kept.
	if test "${overlay_error}" = "true"; then
		echo "An overlay could not be applied: booting with the base tree, without any overlay"
		load ${devtype} ${devnum} ${fdt_addr_r} ${fdtdir}/${fdtfile}
		fdt addr ${fdt_addr_r}
		fdt resize 65536
	else
		if load ${devtype} ${devnum} ${load_addr} ${fdtdir}/overlay/${overlay_prefix}-fixup.scr; then
			source ${load_addr}
		fi
		if load ${devtype} ${devnum} ${load_addr} ${prefix}fixup.scr; then
			source ${load_addr}
		fi
	fi
	bootz ${kernel_addr_r} ${ramdisk_addr_r} ${fdt_addr_r}
else
	echo "There is no ${prefix}.next: an old kernel, which knows no device tree"
	bootz ${kernel_addr_r} ${ramdisk_addr_r}
fi
