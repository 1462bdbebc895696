using System.Numerics;
using NanoFormer.ManagedCost;

namespace NanoFormer.Board.Tests;

/// <summary>Instructions become time and energy. In place of managed code the tests do what woven code does: add to counts.</summary>
public sealed class WorkTests : IDisposable
{
    private const double MicrosecondsPerInstruction = 1.50 / 120; // the stm32l4r5 of power-figures.json

    private readonly SimulatedBoard _board =
        new(FunctionMotion.Constant(Vector3.UnitZ), new SimulatedBoardOptions { BoardId = "stm32l4r5" });
    private readonly int _assembly = ManagedCounter.Register("Firmware::Work()");

    public void Dispose() => _board.Dispose();

    [Fact]
    public void The_figures_give_back_what_they_were_fitted_to()
    {
        var figures = ManagedFigures.Shipped;
        double[] ratios =
            [.. figures.Calibration.Select(group => figures.Instructions(group.Calls, group.IlInstructions) / (figures.SizeOptimized * group.Measured))];

        Assert.Equal(3, ratios.Length);
        Assert.All(ratios, ratio => Assert.InRange(ratio, 0.85, 1.15));
        Assert.InRange(ratios.Max() / ratios.Min(), 1, 1.15);
        Assert.False(string.IsNullOrWhiteSpace(figures.Source));
        Assert.Equal(3000 * figures.InstructionsPerCall * figures.SizeOptimized, figures.Instructions(3000, 0), 1.0);
        Assert.Equal(3000 * figures.InstructionsPerIlInstruction * figures.SizeOptimized, figures.Instructions(0, 3000), 1.0);
    }

    [Fact]
    public void Managed_code_takes_its_time_before_the_processor_sleeps()
    {
        Work(100_000);
        _board.Sleep(1_000_000);

        long instructions = ManagedFigures.Shipped.Instructions(0, 100_000);
        double run = instructions * MicrosecondsPerInstruction;
        Assert.Equal(instructions, _board.Work.Instructions(WorkKind.Managed));
        Assert.Equal(run, _board.Power.Microseconds(McuState.Run), 1.0);
        Assert.Equal(1_000_000, _board.Power.Microseconds(McuState.LightSleep));
        Assert.Equal(1_000_000 + run, _board.Clock.Microseconds, 1.0);
    }

    [Fact]
    public void Many_small_works_add_up_to_their_sum()
    {
        for (int i = 0; i < 1000; i++)
        {
            Work(1);
            _board.Clock.Advance(0);
        }

        double run = 1000 * ManagedFigures.Shipped.Instructions(0, 1) * MicrosecondsPerInstruction;
        Assert.Equal(run, _board.Clock.Microseconds, 1.0);
    }

    [Fact]
    public void What_an_event_does_is_not_the_processors_work()
    {
        _board.Clock.Schedule(500, () => Work(1_000_000));
        _board.Sleep(1000);
        _board.Clock.Advance(0);

        Assert.Equal(1000, _board.Clock.Microseconds);
        Assert.Null(_board.Work.Instructions(WorkKind.Managed));
    }

    [Fact]
    public void A_hop_lies_between_two_inferences_without_a_sleep()
    {
        Assert.Null(_board.Work.Hop);
        Hop(inference: 100, il: 7); // the first: what came before it was not a hop
        Assert.Null(_board.Work.Hop);
        Hop(inference: 200, il: 10);
        Hop(inference: 400, il: 30);
        Assert.False(_board.SleepUntilPin(SimulatedBoard.InterruptPin, System.Device.Gpio.PinValue.High, 1000));
        Work(1_000_000); // waking
        Hop(inference: 9999, il: 9999);

        long managed = (ManagedFigures.Shipped.Instructions(0, 10) + ManagedFigures.Shipped.Instructions(0, 30)) / 2;
        Assert.Equal(2, _board.Work.Hops);
        Assert.Equal(new HopCost(300, null, managed), _board.Work.Hop);
        Assert.Equal(300 + managed, _board.Work.Hop!.Total);
        Assert.Null(new HopCost(null, 5, 5).Total);
        Assert.Equal(100 + 200 + 400 + 9999, _board.Work.Instructions(WorkKind.Inference));
    }

    private void Hop(long inference, long il)
    {
        Work(il);
        _board.Execute(WorkKind.Inference, inference);
        _board.EndHop();
    }

    private void Work(long ilInstructions) => ManagedCounter.Counts(_assembly)[1] += ilInstructions;
}
