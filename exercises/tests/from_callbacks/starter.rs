//! Write `order` as an async function that is ready when the order is.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

/// Given: a kitchen that returns at once and calls back when it works.
#[derive(Default)]
pub struct Kitchen {
    jobs: RefCell<VecDeque<Box<dyn FnOnce()>>>,
    notes: RefCell<Vec<String>>,
}

impl Kitchen {
    /// Calls `then` with the price of `dish`, if it is on the menu.
    fn price(&self, dish: &str, then: impl FnOnce(Option<u32>) + 'static) {
        let menu = [("toast", 3), ("eggs", 5)];
        let found = menu.iter().find(|(name, _)| *name == dish);
        let price = found.map(|(_, price)| *price);
        self.jobs
            .borrow_mut()
            .push_back(Box::new(move || then(price)));
    }

    /// Calls `then` with what is on the plate; a dish can burn.
    fn cook(
        &self,
        dish: &'static str,
        then: impl FnOnce(Result<&'static str, &'static str>) + 'static,
    ) {
        let burnt = dish == "eggs" && !self.notes().contains(&BURNT.into());
        let plate = if burnt { Err(BURNT) } else { Ok(dish) };
        self.jobs
            .borrow_mut()
            .push_back(Box::new(move || then(plate)));
    }

    fn note(&self, what: impl Into<String>) {
        self.notes.borrow_mut().push(what.into());
    }

    pub fn notes(&self) -> Vec<String> {
        self.notes.borrow().clone()
    }

    /// Makes one call that is due.
    pub fn work(&self) -> bool {
        let job = self.jobs.borrow_mut().pop_front();
        job.map(|call| call()).is_some()
    }
}

const BURNT: &str = "burnt";

/// Given: an order, with callbacks.
pub fn order_then(
    kitchen: &Rc<Kitchen>,
    dish: &'static str,
    then: impl FnOnce() + 'static,
) {
    let next = Rc::clone(kitchen);
    kitchen.price(dish, move |price| match price {
        None => {
            next.note(format!("no {dish} today"));
            then();
        }
        Some(price) => {
            next.note(format!("{dish} costs {price}"));
            cook_then(&next, dish, then);
        }
    });
}

fn cook_then(
    kitchen: &Rc<Kitchen>,
    dish: &'static str,
    then: impl FnOnce() + 'static,
) {
    let next = Rc::clone(kitchen);
    kitchen.cook(dish, move |plate| match plate {
        Err(what) => {
            next.note(what);
            cook_then(&next, dish, then);
        }
        Ok(plate) => {
            next.note(format!("served {plate}"));
            then();
        }
    });
}

/// The same order as a future: in name only.
pub async fn order(kitchen: &Rc<Kitchen>, dish: &'static str) {
    order_then(kitchen, dish, || ());
}
