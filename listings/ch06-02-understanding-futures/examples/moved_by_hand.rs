/// What an `async fn` that borrows from itself stores, without the pin.
#[repr(C)]
struct Order {
    pan: [u8; 64],
    /// Points into `pan`.
    egg: *const u8,
}

impl Order {
    fn start(&mut self) {
        self.egg = &raw const self.pan[10];
    }
}

/// Prints where things are, counted from the start of the stove.
fn show(stove: &[Order; 2]) {
    let start = (&raw const *stove).addr();
    for (place, order) in stove.iter().enumerate() {
        let pan = (&raw const order.pan).addr() - start;
        let end = pan + size_of_val(&order.pan);
        let egg = order.egg.addr() - start;
        let whose = if (pan..end).contains(&egg) {
            "in its own pan"
        } else {
            "in the pan of the other"
        };
        println!(
            "  place {place}: pan {pan:>3}..{end:<3}  egg -> {egg:>3}, {whose}"
        );
    }
}

fn main() {
    let mut stove = [1, 2].map(|egg| Order {
        pan: [egg; 64],
        egg: std::ptr::null(),
    });
    for order in &mut stove {
        order.start();
    }
    println!("as started");
    show(&stove);

    stove.swap(0, 1);
    println!("swapped");
    show(&stove);
}
