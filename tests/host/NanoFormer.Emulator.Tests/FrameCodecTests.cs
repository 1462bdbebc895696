using CsCheck;

namespace NanoFormer.Emulator.Tests;

public class FrameCodecTests
{
    [Fact]
    public void Any_payload_survives_the_wire_without_inner_zeros() =>
        Gen.Select(Gen.Byte, Gen.Byte[1, 255], Gen.Byte[0, 3].Array[0, 1200]).Sample((kind, sequence, payload) =>
        {
            byte[] wire = FrameCodec.Encode(kind, sequence, payload);
            var frame = FrameCodec.Decode(wire.AsSpan(1, wire.Length - 2));

            Assert.Equal(0, wire[0]);
            Assert.Equal(wire.Length - 1, wire.AsSpan(1).IndexOf((byte)0) + 1);
            Assert.NotNull(frame);
            Assert.Equal((kind, sequence), (frame.Kind, frame.Sequence));
            Assert.Equal(payload, frame.Payload);
        });

    [Fact]
    public void Any_changed_byte_is_noticed() =>
        Gen.Select(Gen.Byte.Array[0, 600], Gen.Int[1, 255], Gen.Int[0, int.MaxValue]).Sample((payload, change, place) =>
        {
            byte[] wire = FrameCodec.Encode(1, 1, payload);
            wire[1 + place % (wire.Length - 2)] ^= (byte)change;

            Assert.Null(FrameCodec.Decode(wire.AsSpan(1, wire.Length - 2)));
        });

    /// <summary>Examples of Cheshire and Baker's paper and its usual test cases, worked by hand.</summary>
    [Theory]
    [InlineData("", "01")]
    [InlineData("00", "0101")]
    [InlineData("0000", "010101")]
    [InlineData("11220033", "0311220233")]
    [InlineData("11000000", "0211010101")]
    public void Stuffing_follows_the_paper(string bytes, string stuffed) =>
        Assert.Equal("00" + stuffed + "00", Convert.ToHexString(FrameCodec.Stuff(Convert.FromHexString(bytes))));

    [Fact]
    public void A_full_block_has_no_implied_zero()
    {
        byte[] stuffed = FrameCodec.Stuff([.. Enumerable.Range(1, 255).Select(i => (byte)i)]);

        Assert.Equal(0xFF, stuffed[1]);
        Assert.Equal([0x02, 0xFF, 0x00], stuffed[^3..]);
    }
}
