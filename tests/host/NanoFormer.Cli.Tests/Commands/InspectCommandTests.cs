using System.Globalization;
using System.Text.Json;
using NanoFormer.Model;
using static NanoFormer.Cli.Tests.Images.ImageSections;

namespace NanoFormer.Cli.Tests.Commands;

public class InspectCommandTests
{
    [Fact]
    public void Json_holds_what_the_header_says()
    {
        byte[] image = ShippedModel.Image;
        var report = CommandLine.Succeed("inspect", ShippedModel.Folder, "--json").Json;

        Assert.Equal(Int32(image, 8), report.GetProperty("image_bytes").GetInt32());
        Assert.Equal(((uint)Int32(image, 12)).ToString("X8", CultureInfo.InvariantCulture), report.GetProperty("crc32").GetString());
        Assert.Equal(Int32(image, 48), report.GetProperty("arena_bytes").GetInt32());
        Assert.Equal(UInt16(image, 72), report.GetProperty("channels").GetArrayLength());
        Assert.Equal(UInt16(image, 74), report.GetProperty("labels").GetArrayLength());
        Assert.Equal(UInt16(image, 78), report.GetProperty("operators").GetArrayLength());
        Assert.Equal(UInt16(image, 80), report.GetProperty("test_vectors").GetInt32());
        Assert.Equal(UInt16(image, 82), report.GetProperty("window_samples").GetInt32());
        Assert.Equal(UInt16(image, 84), report.GetProperty("hop_samples").GetInt32());
        Assert.Equal(Int32(image, 92) / 1000.0, report.GetProperty("rate_hz").GetDouble());
    }

    [Fact]
    public void Json_equals_the_readers_values()
    {
        var image = ShippedModel.Read();
        var report = CommandLine.Succeed("inspect", Path.Combine(ShippedModel.Folder, "model.nfm"), "--json").Json;

        Assert.Equal(image.Graph.ModelId, report.GetProperty("model").GetString());
        Assert.Equal(image.Graph.Labels, report.GetProperty("labels").Deserialize<string[]>()!);
        Assert.Equal(
            image.Graph.Input.Channels.Select(channel => (channel.Name, channel.Unit, channel.Scale.ToReal())),
            report.GetProperty("channels").EnumerateArray().Select(channel => (
                channel.GetProperty("name").GetString()!,
                channel.GetProperty("unit").GetString()!,
                channel.GetProperty("units_per_step").GetDouble())));
        Assert.Equal(
            image.Graph.Operators.Select(step => (step.Kind.ToString().ToLowerInvariant(), step.Output.Rows, step.Output.Columns)),
            report.GetProperty("operators").EnumerateArray().Select(step => (
                step.GetProperty("kind").GetString()!,
                step.GetProperty("rows").GetInt32(),
                step.GetProperty("columns").GetInt32())));
    }

    [Fact]
    public void Work_and_memory_add_up()
    {
        var image = ShippedModel.Read();
        var report = CommandLine.Succeed("inspect", ShippedModel.Folder, "--json").Json;
        long[] products = [.. report.GetProperty("operators").EnumerateArray().Select(step => step.GetProperty("macs").GetInt64())];

        Assert.Equal(image.Graph.Operators.Select(Products), products);
        Assert.Equal(products.Sum(), report.GetProperty("multiply_accumulates").GetInt64());
        Assert.InRange(report.GetProperty("peak_live_bytes").GetInt32(), 1, report.GetProperty("arena_bytes").GetInt32());
        Assert.Equal(
            report.GetProperty("operators").EnumerateArray().Max(step => step.GetProperty("live_bytes").GetInt32()),
            report.GetProperty("peak_live_bytes").GetInt32());
    }

    [Fact]
    public void Page_names_every_operator_and_draws_the_arena()
    {
        string page = CommandLine.Succeed("inspect", ShippedModel.Folder).Output;

        Assert.Contains("wearable-har", page, StringComparison.Ordinal);
        Assert.All(["quantize", "conv1d", "attention", "softmax"], kind => Assert.Contains(kind, page, StringComparison.Ordinal));
        Assert.Contains("left to right", page, StringComparison.Ordinal);
    }

    /// <summary>Multiplications of two int8 values, counted from the loops of NUMERICS.md.</summary>
    private static long Products(Operator step) => step switch
    {
        Conv1d conv => (long)conv.Output.Count * conv.Kernel * conv.Input.Columns,
        DepthwiseConv1d conv => (long)conv.Output.Count * conv.Kernel,
        Linear linear => (long)linear.Output.Count * linear.Input.Columns,
        Attention attention => 3L * attention.Output.Count * attention.Input.Columns
            + 2L * attention.Output.Count * attention.Output.Rows,
        _ => 0,
    };
}
