namespace NanoFormer.Board;

/// <summary>An action waiting on a <see cref="VirtualClock"/>.</summary>
public sealed class ScheduledEvent
{
    private Action? _action;

    internal ScheduledEvent(long dueMicroseconds, Action action)
    {
        DueMicroseconds = dueMicroseconds;
        _action = action;
    }

    /// <summary>Virtual time at which the action runs, in microseconds.</summary>
    public long DueMicroseconds { get; }

    /// <summary>True until the action has run or has been cancelled.</summary>
    public bool IsPending => _action is not null;

    /// <summary>Forgets the action; without effect when it has already run.</summary>
    public void Cancel() => _action = null;

    internal void Run()
    {
        var due = _action;
        _action = null;
        due?.Invoke();
    }
}
