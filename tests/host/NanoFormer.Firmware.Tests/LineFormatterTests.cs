using System.Text;
using CsCheck;
using NanoFormer.Interop;

namespace NanoFormer.Firmware.Tests;

/// <summary>Log lines are written by native code on the device and by managed code on .NET: the bytes are the same.</summary>
public class LineFormatterTests
{
    private static readonly string[] Keys = ["", "seq", "t_ms", "label"];
    private static readonly string[] Samples = ["", "WALKING", "a b=c*", "naïve", "🚶 up"];
    private static readonly long[] Extremes = [0, -1, long.MinValue, long.MaxValue, int.MinValue];

    private static readonly Gen<string?> Text = Gen.OneOf(
        Gen.Const((string?)null),
        Gen.String.Select(text => (string?)text.Replace("\0", "", StringComparison.Ordinal)),
        Gen.Int[0, 4].Select(i => (string?)Samples[i]));

    private static readonly Gen<long> Number = Gen.OneOf(Gen.Long, Gen.Int[0, 4].Select(i => Extremes[i]));

    [Fact]
    public void Both_write_the_same_bytes_or_find_the_same_lines_too_long() => Gen.Select(
        Gen.Select(Gen.Int[0, 3].Select(i => Keys[i]), Number, Text).Array[0, 12],
        Gen.Short.Array[0, 20],
        Gen.Bool,
        Gen.Int[0, 300]).Sample((fields, values, hasValues, room) =>
        {
            string[] keys = [.. fields.Select(field => field.Item1)];
            long[] numbers = [.. fields.Select(field => field.Item2)];
            string?[] texts = [.. fields.Select(field => field.Item3)];
            short[]? given = hasValues ? values : null;
            byte[] managed = new byte[room];
            byte[] native = new byte[room];

            int length = LineFormatter.Format(keys, numbers, texts!, keys.Length, given, values.Length, managed);
            Assert.Equal(
                length,
                HostLibrary.nfh_log_line(
                    keys, numbers, texts!, (uint)keys.Length, given!, (uint)values.Length, native, (uint)room));
            if (length >= 0)
            {
                Assert.Equal(Encoding.ASCII.GetString(managed, 0, length), Encoding.ASCII.GetString(native, 0, length));
            }
        });

    [Fact]
    public void The_checksum_is_the_one_that_Python_computes()
    {
        byte[] line = new byte[80];
        int length = LineFormatter.Format(
            ["", "", "seq", "t_ms", "code", "detail"], [0, 0, 7, 1234, 0, 0], ["nf1", "error", null!, null!, "nack", "read"], 6, null, 0, line);
        Assert.Equal("nf1 error seq=7 t_ms=1234 code=nack detail=read *A685\r\n", Encoding.ASCII.GetString(line, 0, length));
    }
}
