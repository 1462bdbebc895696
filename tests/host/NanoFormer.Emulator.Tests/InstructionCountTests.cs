using System.Globalization;

namespace NanoFormer.Emulator.Tests;

public class InstructionCountTests
{
    /// <summary>Two moves, a million turns of two instructions, and the call of the second mark (count_loop.c).</summary>
    private const long LoopInstructions = 2 + 2 * 1_000_000 + 1;

    /// <summary>MPS2's 25 MHz SysTick at one virtual nanosecond an instruction.</summary>
    private const long InstructionsPerTick = 40;

    [Theory, MemberData(nameof(CoreTargets.Names), MemberType = typeof(CoreTargets))]
    public void A_loop_of_known_length_is_counted_exactly(string name)
    {
        CoreTarget target = CoreTargets.Require(name);
        Assert.Equal(LoopInstructions, Count(target, virtualClock: false).Instructions);
    }

    [Theory, MemberData(nameof(CoreTargets.Names), MemberType = typeof(CoreTargets))]
    public void Count_agrees_with_SysTick_on_the_virtual_clock(string name)
    {
        CoreTarget target = CoreTargets.Require(name);
        (long instructions, long ticks) = Count(target, virtualClock: true);

        Assert.Equal(LoopInstructions, instructions);
        Assert.InRange(ticks * InstructionsPerTick, instructions - InstructionsPerTick, instructions + InstructionsPerTick);
    }

    private static (long Instructions, long Ticks) Count(CoreTarget target, bool virtualClock)
    {
        using var process = new QemuProcess(target, NativeBuild.CountLoopImage(target), [], virtualClock);
        Assert.Equal(0, process.WaitForExit(TimeSpan.FromSeconds(60)));
        using var counter = new InstructionCounter(process.CountsPath);
        Assert.Equal(2, counter.Marks);
        string ticks = process.Log.Trim()["ticks=0x".Length..];
        return (counter.BetweenLastMarks(), long.Parse(ticks, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }
}
