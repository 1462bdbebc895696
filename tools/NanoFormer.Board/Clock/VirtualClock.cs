using NanoFormer.ManagedCost;

namespace NanoFormer.Board;

/// <summary>
/// The board's time: a single-threaded event queue in whole microseconds. Events run in order of due time, and of scheduling where
/// times are equal, so the same program always gives the same run. An action may schedule, cancel and even advance the clock itself.
/// </summary>
public sealed class VirtualClock
{
    private readonly PriorityQueue<ScheduledEvent, (long Due, long Order)> _queue = new();
    private long _order;
    private int _runningEvents;

    /// <summary>Virtual time since power-up, in microseconds.</summary>
    public long Microseconds { get; private set; }

    /// <summary>Virtual time since power-up, in seconds.</summary>
    public double Seconds => Microseconds * 1e-6;

    /// <summary>
    /// Called before the program lets time pass, but not from inside an event: the place to advance the clock by the time that its own
    /// work has taken.
    /// </summary>
    public Action? BeforeAdvance { get; set; }

    /// <summary>Due time of the earliest pending event in microseconds, or null when nothing is scheduled.</summary>
    public long? NextEvent
    {
        get
        {
            DropCancelled();
            return _queue.TryPeek(out var next, out _) ? next.DueMicroseconds : null;
        }
    }

    /// <summary>Schedules an action at an absolute time in microseconds; a time already past runs at the next advance.</summary>
    public ScheduledEvent Schedule(long atMicroseconds, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var scheduled = new ScheduledEvent(Math.Max(atMicroseconds, Microseconds), action);
        _queue.Enqueue(scheduled, (scheduled.DueMicroseconds, _order++));
        return scheduled;
    }

    /// <summary>Schedules an action a number of microseconds from now.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative.</exception>
    public ScheduledEvent ScheduleAfter(long delayMicroseconds, Action action)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(delayMicroseconds);
        return Schedule(Microseconds + delayMicroseconds, action);
    }

    /// <summary>Moves time forward by a number of microseconds, running every event that falls due.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    public void Advance(long microseconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(microseconds);
        Settle();
        AdvanceTo(Microseconds + microseconds);
    }

    /// <summary>Moves time forward to an absolute time, running every event that falls due; an earlier time changes nothing.</summary>
    public void AdvanceTo(long atMicroseconds)
    {
        Settle();
        while (RunNext(atMicroseconds))
        {
        }

        Microseconds = Math.Max(Microseconds, atMicroseconds);
    }

    /// <summary>
    /// Moves time forward until a condition holds, looking at it now and after every event: how a sleeping processor waits for a pin.
    /// </summary>
    /// <returns>True when the condition holds; false when the timeout, in microseconds, passed first.</returns>
    public bool AdvanceUntil(Func<bool> condition, long timeoutMicroseconds)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentOutOfRangeException.ThrowIfNegative(timeoutMicroseconds);
        Settle();
        long deadline = timeoutMicroseconds > long.MaxValue - Microseconds ? long.MaxValue : Microseconds + timeoutMicroseconds;
        while (!condition())
        {
            if (!RunNext(deadline))
            {
                Microseconds = Math.Max(Microseconds, deadline);
                return condition();
            }
        }

        return true;
    }

    private bool RunNext(long untilMicroseconds)
    {
        DropCancelled();
        if (!_queue.TryPeek(out var next, out _) || next.DueMicroseconds > untilMicroseconds)
        {
            return false;
        }

        _queue.Dequeue();
        Microseconds = Math.Max(Microseconds, next.DueMicroseconds);
        RunAside(next);
        return true;
    }

    // An event is the world's doing: the managed code that it runs is not the processor's.
    private void RunAside(ScheduledEvent next)
    {
        using var pause = ManagedCounter.Pause();
        _runningEvents++;
        try
        {
            next.Run();
        }
        finally
        {
            _runningEvents--;
        }
    }

    private void Settle()
    {
        if (_runningEvents == 0)
        {
            BeforeAdvance?.Invoke();
        }
    }

    private void DropCancelled()
    {
        while (_queue.TryPeek(out var next, out _) && !next.IsPending)
        {
            _queue.Dequeue();
        }
    }
}
