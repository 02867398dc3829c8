use rayon::{Scope, scope};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

struct Menu {
    dishes: u32,
    parts: Vec<Menu>,
}

fn count<'m>(menu: &'m Menu, total: &'m AtomicU32, here: &Scope<'m>) {
    total.fetch_add(menu.dishes, Relaxed);
    for part in &menu.parts {
        here.spawn(move |here| count(part, total, here));
    }
}

fn main() {
    let part = |dishes, parts| Menu { dishes, parts };
    let sweets = part(4, vec![part(1, vec![]), part(2, vec![])]);
    let menu = part(3, vec![part(5, vec![]), sweets]);
    let total = AtomicU32::new(0);
    scope(|here| count(&menu, &total, here));
    println!("dishes: {}", total.into_inner());

    let cooked = AtomicU32::new(0);
    let cook = |dish| {
        assert!(dish != 3, "no eggs");
        cooked.fetch_add(1, Relaxed);
    };
    let all =
        || scope(|here| (0..10).for_each(|n| here.spawn(move |_| cook(n))));
    println!("a panic: {}", catch_unwind(AssertUnwindSafe(all)).is_err());
    println!("cooked: {} of 10", cooked.into_inner());
}
