use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use async_trait::async_trait;
use futures::executor::block_on;

struct Counting;

static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call goes to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

trait Native {
    async fn price(&self, eggs: u64) -> u64;
}

#[async_trait]
trait Boxed {
    async fn price(&self, eggs: u64) -> u64;
}

struct Menu;

impl Native for Menu {
    async fn price(&self, eggs: u64) -> u64 {
        eggs * 2
    }
}

#[async_trait]
impl Boxed for Menu {
    async fn price(&self, eggs: u64) -> u64 {
        eggs * 2
    }
}

fn count(name: &str, calls: impl Future<Output = u64>) {
    let before = ALLOCATIONS.load(Relaxed);
    let sum = block_on(calls);
    let made = ALLOCATIONS.load(Relaxed) - before;
    println!("{name}: {made} allocations, sum {sum}");
}

fn main() {
    // The first block_on of a thread sets up that thread's waker.
    block_on(async {});
    count("native,      1000 calls", async {
        let mut sum = 0;
        for eggs in 0..1000 {
            sum += Native::price(&Menu, eggs).await;
        }
        sum
    });
    count("async-trait, 1000 calls", async {
        let mut sum = 0;
        for eggs in 0..1000 {
            sum += Boxed::price(&Menu, eggs).await;
        }
        sum
    });
}
