using System.Globalization;

namespace NanoFormer.Emulator.Tests;

public class InstructionCountTests
{
    /// <summary>Two moves, a million turns of two instructions, and the call of the second mark (count_loop.c).</summary>
    private const long LoopInstructions = 2 + 2 * 1_000_000 + 1;

    /// <summary>At one virtual nanosecond an instruction: SysTick at the board's clock; on RISC-V the retired
    /// instructions themselves; on Xtensa the count of cycles at 10 MHz.</summary>
    private static readonly Dictionary<string, double> InstructionsPerTick = new()
    {
        ["cortex-m4"] = 40,
        ["cortex-m7"] = 40,
        ["cortex-m33"] = 50,
        ["cortex-m55"] = 31.25,
        ["rv32"] = 1,
        ["xtensa"] = 100,
    };

    /// <summary>A turn's subtraction and branch, with what it costs to branch; a Cortex-M7 begins both in one cycle and expects the branch.</summary>
    private static readonly Dictionary<string, long> CyclesPerTurn = new()
    {
        ["cortex-m4"] = 4,
        ["cortex-m7"] = 1,
        ["rv32"] = 4,
        ["xtensa"] = 5,
    };

    /// <summary>Instructions around the loop, between its marks and the two readings of the ticks.</summary>
    private const double AroundTheLoop = 20;

    [Theory, MemberData(nameof(CoreTargets.Names), MemberType = typeof(CoreTargets))]
    public void A_loop_of_known_length_is_counted_exactly(string name)
    {
        var target = CoreTargets.Require(name);
        (long instructions, _, long cycles) = Count(target, virtualClock: false);

        Assert.Equal(LoopInstructions, instructions);
        Assert.Equal(CyclesPerTurn.ContainsKey(name), target.HasCycleModel);
        if (CyclesPerTurn.TryGetValue(name, out long perTurn))
        {
            Assert.InRange(cycles, perTurn * 1_000_000, perTurn * 1_000_000 + (2 * AroundTheLoop));
        }
    }

    [Theory, MemberData(nameof(CoreTargets.Names), MemberType = typeof(CoreTargets))]
    public void Count_agrees_with_the_cores_own_counter_on_the_virtual_clock(string name)
    {
        var target = CoreTargets.Require(name);
        (long instructions, long ticks, _) = Count(target, virtualClock: true);

        double tick = InstructionsPerTick[name];
        Assert.Equal(LoopInstructions, instructions);
        Assert.InRange(ticks * tick, instructions - tick, instructions + tick + AroundTheLoop);
    }

    private static (long Instructions, long Ticks, long Cycles) Count(CoreTarget target, bool virtualClock)
    {
        using var process = new QemuProcess(target, NativeBuild.CountLoopImage(target), [], virtualClock);
        Assert.Equal(0, process.WaitForExit(TimeSpan.FromSeconds(60)));
        using var counter = new InstructionCounter(process.CountsPath);
        Assert.Equal(2, counter.Marks);
        string ticks = process.Log.Trim()["ticks=0x".Length..];
        return (counter.BetweenLastMarks(), long.Parse(ticks, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            counter.CyclesBetweenLastMarks());
    }
}
