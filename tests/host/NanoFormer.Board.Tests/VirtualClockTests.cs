using CsCheck;

namespace NanoFormer.Board.Tests;

public class VirtualClockTests
{
    [Fact]
    public void Events_run_by_due_time_and_then_by_order_of_scheduling() =>
        Gen.Int[0, 50].Array[0, 60].Sample(dues =>
        {
            var clock = new VirtualClock();
            var ran = new List<(long Time, int Index)>();
            for (int index = 0; index < dues.Length; index++)
            {
                int captured = index;
                clock.Schedule(dues[index], () => ran.Add((clock.Microseconds, captured)));
            }

            clock.Advance(50);
            Assert.Equal(dues.Select((due, index) => ((long)due, index)).OrderBy(entry => entry.Item1), ran);
        });

    [Fact]
    public void Advancing_stops_exactly_at_the_target_and_runs_what_is_due_then()
    {
        var clock = new VirtualClock();
        int ran = 0;
        clock.Schedule(100, () => ran++);
        clock.Schedule(101, () => ran++);
        clock.AdvanceTo(100);
        Assert.Equal((100, 1), (clock.Microseconds, ran));
        Assert.Equal(101, clock.NextEvent);
    }

    [Fact]
    public void A_cancelled_event_does_not_run()
    {
        var clock = new VirtualClock();
        var scheduled = clock.Schedule(10, () => Assert.Fail("cancelled"));
        scheduled.Cancel();
        Assert.Null(clock.NextEvent);
        clock.Advance(20);
        Assert.False(scheduled.IsPending);
    }

    [Fact]
    public void An_action_may_schedule_and_advance()
    {
        var clock = new VirtualClock();
        var times = new List<long>();
        clock.Schedule(10, () =>
        {
            clock.ScheduleAfter(5, () => times.Add(clock.Microseconds));
            clock.ScheduleAfter(0, () => times.Add(clock.Microseconds));
            clock.Advance(7);
            times.Add(clock.Microseconds);
        });
        clock.Advance(12);
        Assert.Equal([10, 15, 17], times);
        Assert.Equal(17, clock.Microseconds);
    }

    [Fact]
    public void AdvanceUntil_stops_at_the_event_that_made_the_condition_true()
    {
        var clock = new VirtualClock();
        bool done = false;
        clock.Schedule(30, () => done = true);
        clock.Schedule(40, () => Assert.Fail("too far"));
        Assert.True(clock.AdvanceUntil(() => done, 1000));
        Assert.Equal(30, clock.Microseconds);
    }

    [Fact]
    public void AdvanceUntil_gives_up_at_its_timeout()
    {
        var clock = new VirtualClock();
        clock.Schedule(500, () => { });
        Assert.False(clock.AdvanceUntil(() => false, 200));
        Assert.Equal(200, clock.Microseconds);
    }

    [Fact]
    public void Time_never_runs_backwards()
    {
        var clock = new VirtualClock();
        clock.Advance(10);
        clock.AdvanceTo(3);
        Assert.Equal(10, clock.Microseconds);
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Advance(-1));
    }
}
