static mut ORDERS: Vec<u32> = Vec::new();

fn main() {
    unsafe { ORDERS.push(7) };
}
