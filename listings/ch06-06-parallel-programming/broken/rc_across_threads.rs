use std::rc::Rc;
use std::thread;

fn main() {
    let menu = Rc::new("toast");
    let copy = Rc::clone(&menu);
    let guest = thread::spawn(move || println!("{copy}"));
    println!("{menu}");
    guest.join().expect("printing does not panic");
}
