using NanoFormer.Data;
using NanoFormer.Model;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Export;
using NanoFormer.Training.Network;
using NanoFormer.Training.Operators;
using NanoFormer.Training.Phases;
using NanoFormer.Training.Quantizing;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace NanoFormer.Training.Tests;

/// <summary>A network with random weights and norms that have seen data, its folded twin, and the ranges of that.</summary>
internal sealed class SampleNetwork
{
    private readonly WindowSet _known = Samples.Windows(64, seed: 3);

    public SampleNetwork(ArchitectureOptions architecture)
    {
        Config = Samples.Config with
        {
            Architecture = architecture,
            ScoreTraining = architecture.Scorer is null
                ? null
                : new ScoreTrainingOptions { Training = Samples.Config.FloatTraining, Augmentation = new AugmentationOptions() },
        };
        ConfigValidator.Validate(Config);
        ConfigValidator.ValidateFor(Config, Samples.WindowSamples, _known.Channels.Count);
        Unfolded = Encoder.Create(architecture, Samples.WindowSamples, _known.Channels.Count, _known.ClassNames.Count);
        Randomize();
        Folded = Unfolded.Folded();
        Device = new DeviceForward(Config, _known);
        using (no_grad())
        {
            Device.Run(Folded, Scaled(_known), everyToken: false);
        }

        Device.Quantizer.Observing = false;
    }

    public TrainingConfig Config { get; }

    public Encoder Unfolded { get; }

    public Encoder Folded { get; }

    public DeviceForward Device { get; }

    public Graph Graph => GraphExport.Run(Config, _known, [(Folded, Device)]);

    /// <summary>What a network tells of windows, as the device's outputs but in float.</summary>
    public Tensor Answer(Encoder network, WindowSet windows)
    {
        using var inference = no_grad();
        var operators = new FloatOperators(Scaled(windows));
        return network.Run(operators).Outputs(operators);
    }

    /// <summary>The network's input, <c>[B, T, C]</c>.</summary>
    public Tensor Scaled(WindowSet windows)
    {
        using var tensors = new WindowTensors(windows);
        using var scaling = new InputScaling(Config.Input);
        return scaling.Apply(tensors.Values);
    }

    /// <summary>Uneven gains and offsets, running statistics of the windows, and answers that differ from one to the next.</summary>
    private void Randomize()
    {
        using var inference = no_grad();
        Unfolded.train();
        for (int i = 0; i < 20; i++)
        {
            Answer(Unfolded, _known);
        }

        Unfolded.eval();
        foreach (var parameter in Unfolded.parameters().Where(parameter => parameter.dim() == 1))
        {
            parameter.add_(0.3 * randn_like(parameter));
        }

        var (logits, error) = Unfolded.Run(new FloatOperators(Scaled(_known)));
        if (logits is not null)
        {
            var head = Unfolded.named_parameters().ToDictionary(p => p.name, p => p.parameter);
            var gain = 1 / logits.std(0).mean();
            head["head.weight"].mul_(gain);
            head["head.bias"].sub_(logits.mean([0])).mul_(gain);
        }

        if (error is not null)
        {
            Unfolded.RaiseScore(Math.Pow(0.25 / error.max().item<float>(), 1.0 / (int)Config.Architecture.Score!.Norm));
        }
    }
}
