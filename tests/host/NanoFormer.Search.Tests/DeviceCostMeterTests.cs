using NanoFormer.Model;
using NanoFormer.Search.Costs;
using NanoFormer.Training;
using NanoFormer.Training.Phases;

namespace NanoFormer.Search.Tests;

public sealed class DeviceCostMeterTests
{
    private static readonly DeviceBudget NoLimit = new(null, null, null);

    [Fact]
    public void The_costs_are_those_of_the_trained_model()
    {
        SkipWithoutTorch();
        var data = Data();

        var meter = new DeviceCostMeter(data.Train, new InstructionMeter());
        var (packedConfig, packed) = meter.Measure(Samples.Config, NoLimit)!;
        var (config, costs) = meter.Measure(packedConfig, new DeviceBudget(packed.ImageBytes - 1, null, null))!;
        var trained = new Trainer(Samples.Config.WithEpochs(1)).Run(data, seed: 1, cancellation: TestContext.Current.CancellationToken);
        var image = ImageReader.Read(ImageWriter.Write(trained.Graph));

        Assert.Equal(packed.IsCounted, packedConfig.Pack);
        Assert.False(config.Pack);
        Assert.Equal(image.ImageBytes, costs.ImageBytes);
        Assert.Equal(costs.ImageBytes + (packedConfig.Pack ? PackedSection.BytesOf(image.Graph) : 0), packed.ImageBytes);
        Assert.Equal(packedConfig.Pack, packed.Instructions < costs.Instructions);
        Assert.Equal(image.Plan.ArenaBytes, costs.ArenaBytes);
        Assert.Equal(GraphStatistics.Of(image.Graph, image.Plan).MultiplyAccumulates, costs.Macs);
        Assert.True(costs.Instructions > 0);
    }

    [Fact]
    public void Instructions_are_counted_wherever_the_emulated_core_is()
    {
        SkipWithoutTorch();
        var instructions = new InstructionMeter();
        var meter = new DeviceCostMeter(Data().Train, instructions);

        var costs = meter.Measure(Samples.Config, NoLimit)!.Costs;
        var again = meter.Measure(Samples.Config, NoLimit)!.Costs;

        Assert.Equal(instructions.NotCounted is null, costs.IsCounted);
        Assert.Equal(costs.IsCounted, costs.Instructions != instructions.Estimate(costs.Macs));
        // The weights are other random ones.
        Assert.InRange(again.Instructions!.Value, 0.99 * costs.Instructions!.Value, 1.01 * costs.Instructions.Value);
    }

    [Fact]
    public void Instructions_are_not_counted_of_what_is_over_budget_anyhow()
    {
        SkipWithoutTorch();

        var costs = new DeviceCostMeter(Data().Train, new InstructionMeter()).Measure(Samples.Config, new DeviceBudget(100, null, null))!.Costs;

        Assert.True(costs.ImageBytes > 100);
        Assert.Null(costs.Instructions);
    }

    [Fact]
    public void What_does_not_fit_the_windows_costs_nothing()
    {
        SkipWithoutTorch();
        var config = Samples.Config with
        {
            Architecture = Samples.Config.Architecture with
            {
                Streams = [Samples.Config.Architecture.Streams[0] with { FirstChannel = 2 }],
            },
        };

        Assert.Null(new DeviceCostMeter(Data().Train, new InstructionMeter()).Measure(config, NoLimit));
    }

    private static TrainingData Data()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("motion.csv"), Samples.Csv());
        return TrainingData.Load(Samples.Config, folder.PathOf("motion.csv"), validate: true);
    }

    private static void SkipWithoutTorch()
    {
        try
        {
            TorchRuntime.Load();
            _ = new Trainer(Samples.Config);
        }
        catch (Exception fault) when (fault is DllNotFoundException or NotSupportedException or TypeInitializationException)
        {
            Assert.Skip("libtorch is not installed for this platform.");
        }
    }
}
