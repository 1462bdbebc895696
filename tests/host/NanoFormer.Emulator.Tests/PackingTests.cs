using NanoFormer.Model;

namespace NanoFormer.Emulator.Tests;

public class PackingTests
{
    [Fact]
    public void A_cortex_m4_gains_and_the_flash_decides()
    {
        byte[] packed = PackedSection.Append(BenchmarkModel.Image);

        var packing = Packing.Of(BenchmarkModel.Image, CoreTargets.Require("cortex-m4"));

        Assert.Null(packing.NotCounted);
        Assert.Equal((BenchmarkModel.Image.Length, packed.Length), (packing.ImageBytes, packing.PackedImageBytes));
        Assert.InRange(packing.PackedCost!.Cycles!.Value, 0.85 * packing.Cost!.Cycles!.Value, 0.97 * packing.Cost.Cycles.Value);
        Assert.True(packing.IsWorth(null));
        Assert.True(packing.IsWorth(packed.Length));
        Assert.False(packing.IsWorth(packed.Length - 1));
        Assert.Equal(packing, Packing.Of(packed, CoreTarget.CortexM4));
    }

    [Fact]
    public void A_window_costs_the_mean_of_the_test_vectors()
    {
        using var core = new EmulatedCore(BenchmarkModel.Image, CoreTargets.Require("cortex-m4"));
        sbyte[] output = new sbyte[BenchmarkModel.Outputs];
        long[] cycles = [.. new[] { 1, 2 }.Select(seed =>
        {
            core.Run(BenchmarkModel.Window(seed), output);
            return core.LastCycles!.Value;
        })];

        Assert.Equal((long)Math.Round(cycles.Average()), WindowCost.Of(BenchmarkModel.Image, CoreTarget.CortexM4).Cycles);
    }

    [Theory]
    [InlineData("cortex-m7", true)]
    [InlineData("cortex-m33", true)]
    [InlineData("cortex-m55", false)]
    [InlineData("rv32", false)]
    [InlineData("xtensa", false)]
    public void Only_the_dsp_kernels_gain(string name, bool gains)
    {
        var core = CoreTargets.Require(name);

        Assert.Equal(gains, core.ReadsPacked);
        Assert.Equal(gains, Packing.Of(BenchmarkModel.Image, core).IsWorth(null));
    }

    [Fact]
    public void What_cannot_be_counted_says_why_and_is_not_packed()
    {
        byte[] image = ImageWriter.Write(ImageReader.Read(BenchmarkModel.Image).Graph with { TestVectors = [] });

        var packing = Packing.Of(image, CoreTarget.CortexM4);

        Assert.Contains("no test vectors", packing.NotCounted, StringComparison.Ordinal);
        Assert.False(packing.IsWorth(null));
    }
}
