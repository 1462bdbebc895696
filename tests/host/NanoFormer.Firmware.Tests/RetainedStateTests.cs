using CsCheck;
using NanoFormer.Runtime;

namespace NanoFormer.Firmware.Tests;

public class RetainedStateTests
{
    private static readonly Gen<RetainedState> State = Gen.Select(
        Gen.Long[0, (1L << 40) - 1], Gen.Long[0, 4_000_000_000_000], Gen.Int[0, 65535], Gen.Int[0, 255], Gen.Int[0, 3],
        Gen.Select(Gen.Short.Array[3], Gen.Int[0, 63]))
        .Select((ms, realTime, sequence, threshold, falseWakes, rest) => new RetainedState
        {
            Milliseconds = ms,
            RealTimeMilliseconds = realTime,
            Sequence = sequence,
            Threshold = threshold,
            FalseWakes = falseWakes,
            Bias = [rest.Item1[0], rest.Item1[1], rest.Item1[2]],
            Alarm = rest.Item2,
        });

    [Fact]
    public void What_is_kept_comes_back_and_tells_how_long_it_was() => Gen.Select(State, Gen.Long[0, 60_000_000]).Sample((state, slept) =>
    {
        var read = new RetainedState();
        Assert.True(read.TryRead(Bytes(state)));
        Assert.Equal(state.Milliseconds, read.Milliseconds);
        Assert.Equal(state.Sequence, read.Sequence);
        Assert.Equal(state.Threshold, read.Threshold);
        Assert.Equal(state.FalseWakes, read.FalseWakes);
        Assert.All(state.Bias.Zip(read.Bias), bias => Assert.InRange(bias.First - bias.Second, -3, 3));
        Assert.Equal(state.Alarm, read.Alarm);
        Assert.InRange(read.SleptMilliseconds(state.RealTimeMilliseconds + slept), slept - 16, slept + 16);
    });

    [Fact]
    public void Any_changed_byte_is_noticed() => Gen.Select(
        State, Gen.Int[0, RetainedState.Size - 1], Gen.Byte[1, 255]).Sample((state, at, flip) =>
    {
        byte[] bytes = Bytes(state);
        bytes[at] ^= flip;
        Assert.False(new RetainedState().TryRead(bytes));
    });

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    public void What_a_reset_or_a_dead_bus_leaves_is_no_state(byte content) =>
        Assert.False(new RetainedState().TryRead(Enumerable.Repeat(content, RetainedState.Size).ToArray()));

    private static byte[] Bytes(RetainedState state)
    {
        byte[] bytes = new byte[RetainedState.Size];
        state.Write(bytes);
        return bytes;
    }
}
