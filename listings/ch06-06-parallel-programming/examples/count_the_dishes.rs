use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

type Counts = BTreeMap<&'static str, u32>;

static MAPS: AtomicU32 = AtomicU32::new(0);

fn empty() -> Counts {
    MAPS.fetch_add(1, Relaxed);
    Counts::new()
}

fn add(mut counts: Counts, dish: &'static str) -> Counts {
    *counts.entry(dish).or_default() += 1;
    counts
}

fn merge(mut counts: Counts, others: Counts) -> Counts {
    for (dish, count) in others {
        *counts.entry(dish).or_default() += count;
    }
    counts
}

fn main() {
    let menu = ["soup", "toast", "eggs"];
    let orders: Vec<_> = menu.into_iter().cycle().take(9000).collect();
    let pieces = orders.into_par_iter().with_min_len(1000);
    let counts = pieces.fold(empty, add).reduce(Counts::new, merge);
    println!("{counts:?}");
    println!("more than eight maps: {}", MAPS.load(Relaxed) > 8);
}
