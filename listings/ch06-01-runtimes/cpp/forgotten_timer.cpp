// g++ -std=c++20 -Wall -Wextra -Werror -fsanitize=address forgotten_timer.cpp
#include <coroutine>
#include <cstdio>
#include <exception>
#include <vector>

std::vector<std::coroutine_handle<>> timers;

struct Ring {
    bool await_ready() { return false; }
    void await_suspend(std::coroutine_handle<> waiter) {
        timers.push_back(waiter);
    }
    void await_resume() {}
};

struct Task {
    struct promise_type {
        Task get_return_object() { return Task(*this); }
        std::suspend_never initial_suspend() { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };
    std::coroutine_handle<promise_type> frame;

    explicit Task(promise_type &promise)
        : frame(decltype(frame)::from_promise(promise)) {}
    Task(const Task &) = delete;
    ~Task() { frame.destroy(); }
};

Task cook(const char *dish) {
    co_await Ring{};
    std::printf("%s is ready\n", dish);
}

int main() {
    {
        auto stew = cook("stew");
    } // The guests have left.
    for (auto timer : timers) timer.resume();
}
