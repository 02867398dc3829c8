use std::any::type_name_of_val;

use futures::executor::block_on;

async fn price() -> u32 {
    println!("  the cook reads the menu");
    12
}

#[expect(clippy::manual_async_fn, reason = "the long form is the point")]
fn price_written_out() -> impl Future<Output = u32> {
    async {
        println!("  the cook reads the menu");
        12
    }
}

fn price_with_a_head_start() -> impl Future<Output = u32> {
    println!("  the waiter notes the question");
    async {
        println!("  the cook reads the menu");
        12
    }
}

fn drive(future: impl Future<Output = u32>) {
    println!("{}:", type_name_of_val(&future));
    println!("  {}", block_on(future));
}

fn main() {
    println!("call all three");
    let sugar = price();
    let written_out = price_written_out();
    let head_start = price_with_a_head_start();

    println!("drive all three");
    drive(sugar);
    drive(written_out);
    drive(head_start);
}
