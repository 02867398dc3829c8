use std::sync::atomic::AtomicU64;

/// What a processor of most machines fetches and gives away as one.
const LINE: usize = 64;

/// Side by side, from the beginning of a line.
#[repr(align(64))]
struct OneSheet([AtomicU64; 2]);

/// As large as its alignment, so the next begins a line of its own.
#[repr(align(64))]
struct Sheet(AtomicU64);

fn print(name: &str, size: usize, [first, second]: [&AtomicU64; 2]) {
    let [first, second] = [first.as_ptr(), second.as_ptr()].map(|p| p.addr());
    let lines = second / LINE - first / LINE;
    println!("{name}  {size:>8}  {:>12}  {lines:>11}", second - first);
}

fn main() {
    let zero = || AtomicU64::new(0);
    let one = OneSheet([zero(), zero()]);
    let two = [Sheet(zero()), Sheet(zero())];

    println!("            size (B)  distance (B)  lines apart");
    let [ada, bob] = &one.0;
    print("one sheet ", size_of_val(&one.0), [ada, bob]);
    let [ada, bob] = &two;
    print("two sheets", size_of_val(&two), [&ada.0, &bob.0]);
}
