using NanoFormer.Interchange.Networks;
using NanoFormer.Interchange.Onnx;
using NanoFormer.Interchange.Onnx.Import;
using NanoFormer.Interchange.Weights;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Import;
using NanoFormer.Training.Network;
using static TorchSharp.torch;

namespace NanoFormer.Interchange.Tests.Trainer;

/// <summary>From the trainer's own networks to ONNX, and back.</summary>
public sealed class TrainerNetworkTests : TorchTests
{
    [Theory]
    [MemberData(nameof(TrainedNetworks.Architectures), MemberType = typeof(TrainedNetworks))]
    public void A_network_of_the_trainer_goes_to_ONNX_and_comes_back(string architecture)
    {
        TrainingConfig config = TrainedNetworks.Config(architecture);
        Encoder encoder = TrainedNetworks.Encoder(config);
        Tensor windows = TrainedNetworks.Windows(8);
        float[] expected = TrainedNetworks.Answers(config, encoder, windows);
        byte[] file = OnnxExporter.ExportFloat(TrainedNetworks.ToFile(config, encoder));
        using var run = new OnnxSession(file);

        RequireNear(expected, run.Run(Values(windows), 8, TrainedNetworks.WindowSamples, 3));
        ImportedEncoder back = EncoderReader.Read(OnnxImporter.Import(file, "back"));
        TrainingConfig again = TrainingConfig.Parse(back.Configure("back", config).ToJson());

        Assert.Equal(config.ToJson(), again.ToJson());
        RequireNear(expected, TrainedNetworks.Answers(again, TrainedNetworks.Encoder(again, back.Weights), windows));
    }

    [Fact]
    public void Weights_and_their_configuration_are_a_network()
    {
        TrainingConfig config = TrainedNetworks.Config(TrainedNetworks.Plain);
        Encoder encoder = TrainedNetworks.Encoder(config);
        SafetensorsFile file = SafetensorsFile.Parse(new SafetensorsFile(encoder.Weights()).ToBytes());

        FloatNetwork network = EncoderWeights.ToNetwork(config, file.Tensors, TrainedNetworks.WindowSamples);

        Tensor windows = TrainedNetworks.Windows(1);
        RequireNear(TrainedNetworks.Answers(config, encoder, windows), FloatEvaluator.Run(network, Values(windows)));
    }

    [Fact]
    public void Weights_that_do_not_fit_are_named()
    {
        TrainingConfig config = TrainedNetworks.Config(TrainedNetworks.Plain);
        var weights = new Dictionary<string, WeightTensor>(TrainedNetworks.Encoder(config).Weights());

        weights["blocks.7.expand.bias"] = WeightTensor.Vector([1]);
        Assert.Contains("'blocks.7.expand.bias' have no place", Fault(config), StringComparison.Ordinal);
        weights["blocks.1.expand.bias"] = WeightTensor.Vector([1]);
        Assert.Contains("'blocks.1.expand.bias' have the shape [1]", Fault(config), StringComparison.Ordinal);
        weights.Remove("blocks.1.expand.bias");
        Assert.Contains("'blocks.1.expand.bias' are not there", Fault(config), StringComparison.Ordinal);
        string patches = TrainedNetworks.Plain.Replace("\"kernel\": 4", "\"kernel\": 3", StringComparison.Ordinal);
        weights = new Dictionary<string, WeightTensor>(TrainedNetworks.Encoder(TrainedNetworks.Config(patches)).Weights());
        TrainingConfig scored = TrainedNetworks.Config(patches + """, "score": { "kind": "reconstruction", "patchSamples": 4 } """);
        Assert.Contains("'reconstruction.weight' are not there", Fault(scored), StringComparison.Ordinal);

        string Fault(TrainingConfig described)
        {
            ConfigException fault = Assert.Throws<ConfigException>(
                () => EncoderWeights.ToNetwork(described, weights, TrainedNetworks.WindowSamples));
            Assert.Equal(ConfigError.Mismatch, fault.Error);
            return fault.Message;
        }
    }
}
