// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Would the debug kernel complain at all? Does one thing wrong when it is loaded, named by 'what'.
 */
#include <linux/delay.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timer.h>

static char *what = "";
module_param(what, charp, 0);

static DEFINE_SPINLOCK(spin);
static DEFINE_MUTEX(first);
static DEFINE_MUTEX(second);

/* volatile: the compiler must not see that this is wrong */
static void read_freed(void)
{
	volatile char *freed = kmalloc(64, GFP_KERNEL);

	kfree((void *)freed);
	pr_info("complain: %d\n", freed[8]);
}

static void sleep_with_spinlock(void)
{
	spin_lock(&spin);
	msleep(1);
	spin_unlock(&spin);
}

static void lock_both(struct mutex *outer, struct mutex *inner)
{
	mutex_lock(outer);
	mutex_lock(inner);
	mutex_unlock(inner);
	mutex_unlock(outer);
}

static void lock_in_both_orders(void)
{
	lock_both(&first, &second);
	lock_both(&second, &first);
}

/* The last pointer may be found on a stack that nobody uses any more, those before it not. */
static void forget_memory(void)
{
	void * volatile forgotten;

	for (int i = 0; i < 8; i++)
		forgotten = kmalloc(1000, GFP_KERNEL);
	forgotten = NULL;
	(void)forgotten;
}

static void do_nothing(struct timer_list *timer)
{
}

static void free_running_timer(void)
{
	struct timer_list *timer = kmalloc(sizeof(*timer), GFP_KERNEL);

	if (!timer)
		return;
	timer_setup(timer, do_nothing, 0);
	mod_timer(timer, jiffies + 1000 * HZ);
	kfree(timer);
}

static const struct {
	const char *name;
	void (*act)(void);
} wrongs[] = {
	{ "free", read_freed },
	{ "sleep", sleep_with_spinlock },
	{ "order", lock_in_both_orders },
	{ "leak", forget_memory },
	{ "timer", free_running_timer },
};

static int __init complain_init(void)
{
	for (int i = 0; i < ARRAY_SIZE(wrongs); i++) {
		if (strcmp(what, wrongs[i].name))
			continue;
		wrongs[i].act();
		return 0;
	}
	return -EINVAL;
}
module_init(complain_init);

static void __exit complain_exit(void)
{
}
module_exit(complain_exit);

MODULE_DESCRIPTION("Does one thing wrong");
MODULE_LICENSE("GPL");
