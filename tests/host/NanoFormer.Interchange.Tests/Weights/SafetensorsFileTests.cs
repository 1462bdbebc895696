using System.Buffers.Binary;
using System.Text;

namespace NanoFormer.Interchange.Tests.Weights;

public sealed class SafetensorsFileTests
{
    [Fact]
    public void What_is_written_is_read_back()
    {
        var tensors = new Dictionary<string, WeightTensor> { ["b"] = new([2, 3], [1, 2, 3, 4, 5, -6]), ["a"] = new([], [0.5f]) };
        var file = new SafetensorsFile(tensors, new Dictionary<string, string> { ["format"] = "pt" });

        var back = SafetensorsFile.Parse(file.ToBytes());

        Assert.Equal("pt", back.Metadata["format"]);
        Assert.Equal([2, 3], back.Tensors["b"].Shape);
        Assert.Equal([1, 2, 3, 4, 5, -6], back.Tensors["b"].Values);
        Assert.Equal([0.5f], back.Tensors["a"].Values);
    }

    [Fact]
    public void A_header_ends_at_a_multiple_of_eight()
    {
        byte[] bytes = new SafetensorsFile(new Dictionary<string, WeightTensor> { ["x"] = new([1], [1]) }).ToBytes();

        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(bytes) % 8);
        Assert.Equal(bytes.Length, 8 + BinaryPrimitives.ReadInt64LittleEndian(bytes) + 4);
    }

    [Theory]
    [InlineData("F16", "003C00C0", new[] { 1f, -2f })]
    [InlineData("BF16", "803F00C0", new[] { 1f, -2f })]
    [InlineData("F64", "000000000000F03F", new[] { 1f })]
    public void Other_types_of_real_numbers_become_floats(string type, string hex, float[] expected)
    {
        byte[] data = Convert.FromHexString(hex);
        byte[] bytes = File($$"""{"x":{"dtype":"{{type}}","shape":[{{expected.Length}}],"data_offsets":[0,{{data.Length}}] } }""", data);

        Assert.Equal(expected, SafetensorsFile.Parse(bytes).Tensors["x"].Values);
    }

    [Fact]
    public void Counters_are_left_out() => Assert.Empty(
        SafetensorsFile.Parse(File("""{"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]}}""", new byte[8])).Tensors);

    [Theory]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,99]}}""", InterchangeError.BadTensor)]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", InterchangeError.BadTensor)]
    [InlineData("""{"x":{"dtype":"F32","shape":[-1,-1],"data_offsets":[0,4]}}""", InterchangeError.BadTensor)]
    [InlineData("""{"x":{"dtype":"F32","shape":[1]}}""", InterchangeError.BadFile)]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""",
        InterchangeError.BadFile)]
    [InlineData("""{"x":""", InterchangeError.BadFile)]
    [InlineData("[]", InterchangeError.BadFile)]
    public void Bad_files_are_refused(string header, InterchangeError error) =>
        Assert.Equal(error, Assert.Throws<InterchangeException>(() => SafetensorsFile.Parse(File(header, new byte[4]))).Error);

    [Fact]
    public void A_cut_file_is_refused() =>
        Assert.Equal(InterchangeError.BadFile, Assert.Throws<InterchangeException>(() =>
            SafetensorsFile.Parse([9, 0, 0, 0, 0, 0, 0, 0, 1])).Error);

    private static byte[] File(string header, byte[] data)
    {
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. Encoding.ASCII.GetBytes(header), .. data];
    }
}
