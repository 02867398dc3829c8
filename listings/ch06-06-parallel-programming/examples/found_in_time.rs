use rayon::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::mpsc::channel;
use std::thread;

fn main() {
    let looked = AtomicU32::new(0);
    let burnt = |plate: &u32| {
        looked.fetch_add(1, Relaxed);
        plate.is_multiple_of(1000)
    };
    let plates = || (1..=1_000_000u32).into_par_iter();
    println!("find_first: {:?}", plates().find_first(burnt));
    let first = looked.swap(0, Relaxed);
    let any = plates().find_any(burnt);
    println!("find_any finds one: {}", any.is_some_and(|n| n % 1000 == 0));
    let all = [first, looked.into_inner()].map(|n| n >= 1_000_000);
    println!("all were looked at: {all:?}");

    // Prices, many of them equal, and when each was written down.
    let price = |n: u32| (n * 7919 % 1009, n);
    let mut prices: Vec<_> = (0..20_000).map(price).collect();
    let mut sorted = prices.clone();
    prices.par_sort_by_key(|(price, _)| *price);
    sorted.sort_by_key(|(price, _)| *price);
    println!("par_sort keeps equal prices in order: {}", prices == sorted);

    let (cook, waiter) = channel();
    let cook = thread::spawn(move || {
        for dish in 1..=100u64 {
            cook.send(dish).expect("the waiter stays");
        }
    });
    let served: u64 = waiter.into_iter().par_bridge().sum();
    cook.join().expect("no panic");
    println!("par_bridge: {served}");
}
