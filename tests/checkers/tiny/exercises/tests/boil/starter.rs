pub const IS_HOT: bool = 1 > 2;
