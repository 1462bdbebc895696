using NanoFormer.Data;
using TorchSharp;

namespace NanoFormer.Training.Export;

/// <summary>What a model costs a device, whatever it has learnt.</summary>
/// <param name="ImageBytes">Bytes of the image, test vectors included.</param>
/// <param name="ArenaBytes">Bytes of the arena a run needs.</param>
/// <param name="Macs">Multiply-accumulates of a run.</param>
public sealed record ModelCosts(int ImageBytes, int ArenaBytes, long Macs)
{
    private const int NoiseWindows = 4;
    private const long NoiseSeed = 1;

    /// <summary>The costs of a configuration for windows like these.</summary>
    /// <exception cref="ConfigException">The configuration does not fit the windows.</exception>
    /// <exception cref="DllNotFoundException">libtorch is not installed.</exception>
    public static ModelCosts Of(TrainingConfig config, WindowSet windows)
    {
        var image = ImageReader.Read(ImageWriter.Write(UntrainedGraph(config, windows)));
        return new ModelCosts(image.ImageBytes, image.Plan.ArenaBytes, GraphStatistics.Of(image.Graph, image.Plan).MultiplyAccumulates);
    }

    /// <summary>
    /// The integer graph of a network that has learnt nothing: of the same shapes and costs as a trained one. Its ranges are those of
    /// noise, as kernels are slower where two ranges are just the same. The same graph at every call; the generator of random numbers is
    /// left as it was.
    /// </summary>
    public static Graph UntrainedGraph(TrainingConfig config, WindowSet windows)
    {
        TorchRuntime.Load();
        ConfigValidator.ValidateFor(config, windows.WindowSamples, windows.Channels.Count);
        using var scope = torch.NewDisposeScope();
        var before = torch.get_rng_state();
        torch.manual_seed(NoiseSeed);
        using var inference = torch.no_grad();
        (Encoder, DeviceForward)[] networks = [.. Enumerable.Range(0, config.Ensemble).Select(_ =>
        {
            var network = Encoder.Create(config.Architecture, windows.WindowSamples, windows.Channels.Count, windows.ClassNames.Count).Folded();
            var device = new DeviceForward(config, windows);
            device.Run(network, 2 * torch.rand(NoiseWindows, windows.WindowSamples, windows.Channels.Count) - 1, everyToken: false);
            return (network, device);
        })];
        torch.set_rng_state(before);
        return GraphExport.Run(config, windows, networks)
            .WithTestWindows(SyntheticWindows.For(windows, config.Input));
    }
}
