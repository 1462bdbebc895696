using NanoFormer.Training.Configuration;
using NanoFormer.Training.Import;

namespace NanoFormer.Interchange.Tests.Trainer;

/// <summary>From the trainer's own networks to ONNX, and back.</summary>
public sealed class TrainerNetworkTests : TorchTests
{
    [Theory]
    [MemberData(nameof(TrainedNetworks.Architectures), MemberType = typeof(TrainedNetworks))]
    public void A_network_of_the_trainer_goes_to_ONNX_and_comes_back(string architecture)
    {
        var config = TrainedNetworks.Config(architecture);
        var encoder = TrainedNetworks.Encoder(config);
        var windows = TrainedNetworks.Windows(8);
        float[] expected = TrainedNetworks.Answers(config, encoder, windows);
        byte[] file = OnnxExporter.ExportFloat(TrainedNetworks.ToFile(config, encoder));
        using var run = new OnnxSession(file);

        RequireNear(expected, run.Run(Values(windows), 8, TrainedNetworks.WindowSamples, 3));
        var back = EncoderReader.Read(OnnxImporter.Import(file, "back"));
        var again = TrainingConfig.Parse(back.Configure("back", config).ToJson());

        Assert.Equal(config.ToJson(), again.ToJson());
        RequireNear(expected, TrainedNetworks.Answers(again, TrainedNetworks.Encoder(again, back.Weights), windows));
    }

    [Fact]
    public void Weights_and_their_configuration_are_a_network()
    {
        var config = TrainedNetworks.Config(TrainedNetworks.Plain);
        var encoder = TrainedNetworks.Encoder(config);
        var file = SafetensorsFile.Parse(new SafetensorsFile(encoder.Weights()).ToBytes());

        var network = EncoderWeights.ToNetwork(config, file.Tensors, TrainedNetworks.WindowSamples);

        var windows = TrainedNetworks.Windows(1);
        RequireNear(TrainedNetworks.Answers(config, encoder, windows), FloatEvaluator.Run(network, Values(windows)));
    }

    [Fact]
    public void Weights_that_do_not_fit_are_named()
    {
        var config = TrainedNetworks.Config(TrainedNetworks.Plain);
        var weights = new Dictionary<string, WeightTensor>(TrainedNetworks.Encoder(config).Weights());

        weights["blocks.7.expand.bias"] = WeightTensor.Vector([1]);
        Assert.Contains("'blocks.7.expand.bias' have no place", Fault(config), StringComparison.Ordinal);
        weights["blocks.1.expand.bias"] = WeightTensor.Vector([1]);
        Assert.Contains("'blocks.1.expand.bias' have the shape [1]", Fault(config), StringComparison.Ordinal);
        weights.Remove("blocks.1.expand.bias");
        Assert.Contains("'blocks.1.expand.bias' are not there", Fault(config), StringComparison.Ordinal);
        string patches = TrainedNetworks.Plain.Replace("\"kernel\": 4", "\"kernel\": 3", StringComparison.Ordinal);
        weights = new Dictionary<string, WeightTensor>(TrainedNetworks.Encoder(TrainedNetworks.Config(patches)).Weights());
        var scored = TrainedNetworks.Config(patches + """, "score": { "kind": "reconstruction", "patchSamples": 4 } """);
        Assert.Contains("'reconstruction.weight' are not there", Fault(scored), StringComparison.Ordinal);

        string Fault(TrainingConfig described)
        {
            var fault = Assert.Throws<ConfigException>(
                () => EncoderWeights.ToNetwork(described, weights, TrainedNetworks.WindowSamples));
            Assert.Equal(ConfigError.Mismatch, fault.Error);
            return fault.Message;
        }
    }
}
