using NanoFormer.Training;
using NanoFormer.Training.Import;
using NanoFormer.Training.Phases;
using static TorchSharp.torch;

namespace NanoFormer.Interchange.Tests.Trainer;

/// <summary>The files that a training leaves, for other tools and for another training.</summary>
public sealed class TrainingRunTests : TorchTests
{
    [Fact]
    public void The_float_file_of_a_training_gives_its_answers_and_starts_another()
    {
        using var people = new SwayingPeople();
        var request = people.Request("first");
        var card = TrainingRun.Execute(request, cancellation: TestContext.Current.CancellationToken);
        byte[] file = File.ReadAllBytes(Path.Combine(request.OutputFolder, TrainingRun.FloatFile));
        (var windows, int[] labels) = TestWindows(people);
        float[] expected = Answers(ReadWeights(request.OutputFolder), windows);

        using var run = new OnnxSession(file);
        float[] actual = run.Run(Values(windows), labels.Length, TrainedNetworks.WindowSamples, 3);
        RequireNear(expected, actual);
        int correct = actual.Chunk(2).Zip(labels).Count(pair => Array.IndexOf(pair.First, pair.First.Max()) == pair.Second);
        Assert.Equal(card.Test.FloatAccuracy!.Value, (double)correct / labels.Length, 1e-6);

        var imported = EncoderReader.Read(OnnxImporter.Import(file, "tiny"));
        RequireNear(expected, Answers(imported.Weights, windows));
        RequireStarts(people, imported.Weights);
    }

    /// <summary>A training that hardly learns ends with the parameters it began with; only its norms follow the data.</summary>
    private static void RequireStarts(SwayingPeople people, IReadOnlyDictionary<string, WeightTensor> weights)
    {
        string path = people.PathOf("imported.safetensors");
        File.WriteAllBytes(path, new SafetensorsFile(weights).ToBytes());
        var request = people.Request("again") with { Weights = path, Overrides = ["floatTraining.learningRate=1e-8"] };

        TrainingRun.Execute(request, cancellation: TestContext.Current.CancellationToken);

        var after = ReadWeights(request.OutputFolder);
        string[] parameters = [.. weights.Keys.Where(name => !name.Contains("running", StringComparison.Ordinal))];
        Assert.Equal(weights.Keys.Order(), after.Keys.Order());
        Assert.All(parameters, name => Assert.All(after[name].Values.Zip(weights[name].Values),
            pair => Assert.Equal(pair.Second, pair.First, 1e-5f)));
    }

    private static IReadOnlyDictionary<string, WeightTensor> ReadWeights(string folder) =>
        SafetensorsFile.Parse(File.ReadAllBytes(Path.Combine(folder, TrainingRun.WeightsFile))).Tensors;

    private static float[] Answers(IReadOnlyDictionary<string, WeightTensor> weights, Tensor windows) =>
        TrainedNetworks.Answers(SwayingPeople.Config, TrainedNetworks.Encoder(SwayingPeople.Config, weights), windows);

    /// <summary>The windows that a training is judged on, in physical units.</summary>
    private static (Tensor Windows, int[] Labels) TestWindows(SwayingPeople people)
    {
        var test = TrainingData.Load(SwayingPeople.Config, people.DatasetPath, validate: false).Test;
        float[] values = [.. test.Samples.Select((value, i) => (float)(value * test.Channels[i % test.Channels.Count].Scale))];
        return (tensor(values, [test.Count, test.WindowSamples, test.Channels.Count]), test.Labels);
    }
}
