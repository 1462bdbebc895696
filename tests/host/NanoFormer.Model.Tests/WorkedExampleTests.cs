using System.Globalization;
using System.Text.RegularExpressions;

namespace NanoFormer.Model.Tests;

/// <summary>The image that MODEL-IMAGE.md dissects ("A worked example") is what the writer makes, and it computes what the page says.</summary>
public sealed partial class WorkedExampleTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "MODEL-IMAGE.md"));

    private static readonly (int Offset, byte[] Bytes)[] Fields = [.. Lines().Matches(Page).Select(line => (
        int.Parse(line.Groups["offset"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        Convert.FromHexString(line.Groups["bytes"].Value.Replace(" ", "", StringComparison.Ordinal))))];

    private static readonly byte[] Packed = [.. Fields.SelectMany(field => field.Bytes)];

    /// <summary>Its size in its header; what the page has behind it is the packed section.</summary>
    private static readonly byte[] Image = Packed[..BitConverter.ToInt32(Packed, 8)];

    [Fact]
    public void The_bytes_are_those_that_the_writer_makes() =>
        Assert.Equal(Convert.ToHexString(ImageWriter.Write(Tilt())), Convert.ToHexString(Image));

    [Fact]
    public void Packed_it_has_the_section_of_the_page() =>
        Assert.Equal(Convert.ToHexString(Packed[Image.Length..]), Convert.ToHexString(PackedSection.Append(Image)[Image.Length..]));

    [Fact]
    public void Every_line_stands_at_its_offset()
    {
        int end = 0;
        Assert.All(Fields, field =>
        {
            Assert.Equal(end, field.Offset);
            end += field.Bytes.Length;
        });
    }

    [Fact]
    public void The_reader_finds_what_the_page_says()
    {
        var image = ImageReader.Read(Image);

        Assert.Equal("tilt", image.Graph.ModelId);
        Assert.Equal(["left", "right"], image.Graph.Labels);
        Assert.Equal([OperatorKind.Quantize, OperatorKind.Linear], image.Graph.Operators.Select(step => step.Kind));
        var vector = Assert.Single(image.Graph.TestVectors);
        Assert.Equal([8192], vector.Window);
        Assert.Equal([-32, 32], vector.Output);
        Assert.Equal(vector.Output, new ReferenceExecutor(image.Graph).Run([.. vector.Window]));
    }

    /// <summary>One sample of one accelerometer axis: below 0 the board leans to the left, above to the right.</summary>
    private static Graph Tilt()
    {
        var steps = new Quantization(1.0 / 64, 0);
        var input = new InputSpecification([new InputChannel("acc_x", "g", 1.0 / 16384)], WindowSamples: 1, HopSamples: 1, RateMillihertz: 50_000);
        var builder = new GraphBuilder("tilt", input) { Labels = ["left", "right"], GateThresholdPermille = 600 };
        var x = builder.Quantize([0], [1.0 / 16384], steps);
        var y = builder.Linear(x, [-64, 64], [1.0 / 64, 1.0 / 64], [0, 0], steps);
        return builder.Build(y) with { TestVectors = [new TestVector([8192], [-32, 32])] };
    }

    [GeneratedRegex(@"^(?<offset>[0-9A-F]{4})  (?<bytes>[0-9A-F]{2}( [0-9A-F]{2})*)(  .*)?$", RegexOptions.Multiline)]
    private static partial Regex Lines();
}
