pub const IS_HOT: bool = 2 > 1;
