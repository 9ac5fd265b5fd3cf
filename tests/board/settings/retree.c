// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How can one boot try many descriptions of the chip? The tree that the board started with holds all
 * of them, below /settings, where no bus looks. Writing a name to the parameter "tree" takes the
 * driver off the chip's device, makes that node the device's own, and lets the driver probe again.
 *
 * The kernels of the board have no overlays at run time (CONFIG_OF_OVERLAY); what the driver sees is
 * the same: a node in the live tree. Bus mode and speed stay those of the first node.
 */

#include <linux/device.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/of.h>
#include <linux/spi/spi.h>
#include <linux/string.h>

static struct device *chip;

static int retree_is_chip(struct device *dev, const void *data)
{
	return !strcmp(to_spi_device(dev)->modalias, "ads1220");
}

static struct device_node *retree_find(const char *name)
{
	struct device_node *all = of_find_node_by_path("/settings");
	struct device_node *node = of_get_child_by_name(all, name);

	of_node_put(all);
	return node;
}

/* Returns -ENODEV where the driver did not want the device. */
static int retree_set(const char *value, const struct kernel_param *param)
{
	struct device_node *node;
	char name[32];
	int ret;

	if (!chip || strscpy(name, value, sizeof(name)) < 0)
		return -EINVAL;

	node = retree_find(strim(name));
	if (!node)
		return -ENOENT;

	device_release_driver(chip);
	of_node_put(chip->of_node);
	chip->of_node = node;
	ret = device_attach(chip);
	if (ret < 0)
		return ret;

	return ret ? 0 : -ENODEV;
}

static const struct kernel_param_ops retree_ops = { .set = retree_set };

module_param_cb(tree, &retree_ops, NULL, 0200);
MODULE_PARM_DESC(tree, "node below /settings that describes the chip from now on");

static int __init retree_init(void)
{
	chip = bus_find_device(&spi_bus_type, NULL, NULL, retree_is_chip);

	return chip ? 0 : -ENODEV;
}

static void __exit retree_exit(void)
{
	put_device(chip);
}

module_init(retree_init);
module_exit(retree_exit);

MODULE_DESCRIPTION("Describes the ADS1220 anew, for tests");
MODULE_LICENSE("GPL");
