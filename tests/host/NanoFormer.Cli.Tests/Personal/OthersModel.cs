using NanoFormer.Cli.Tests.Commands;

namespace NanoFormer.Cli.Tests.Personal;

/// <summary>A small model of three activities, trained on what devices collected of four people. Skips without libtorch.</summary>
public sealed class OthersModel : IDisposable
{
    private const string Config = """
        {
          "name": "three-activities", "purpose": "Tells walking, sitting and standing.",
          "data": {
            "credit": "Generated.",
            "recordings": { "windowSamples": 128, "trainHopSamples": 32, "testSubjects": ["dan"] },
            "slowMeanUnit": "rad/s",
            "validationSubjects": ["cid"]
          },
          "input": { "ranges": [2, 2, 2, 4, 4, 4], "hopSamples": 64, "gateThresholdPermille": 500 },
          "architecture": {
            "streams": [ { "convolutions": [ { "channels": 8, "kernel": 5, "stride": 4 }, { "channels": 16, "kernel": 3, "stride": 4 } ] } ],
            "blocks": [ { "heads": 2, "headColumns": 4, "feedForward": 16 } ]
          },
          "floatTraining": { "epochs": 12, "batchSize": 32, "learningRate": 0.01, "weightDecay": 0.01, "labelSmoothing": 0.05, "dropout": 0 },
          "augmentation": { "gain": 0.05, "noise": { "g": 0.01 }, "timeWarp": 0.1 },
          "quantization": { "epochs": 2, "observeEpochs": 1, "learningRate": 0.0005 }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public OthersModel()
    {
        string logs = Directory.CreateDirectory(_folder.PathOf("logs")).FullName;
        foreach (var (i, name) in new[] { "ann", "bob", "cid", "dan" }.Index())
        {
            var bouts = Enumerable.Range(0, 2).SelectMany(new Wearer(i + 1).Bouts);
            File.WriteAllBytes(Path.Combine(logs, name + ".log"), [.. bouts.SelectMany(bout => PersonalDevice.Collect(null, bout.Motion, bout.Label, name))]);
        }

        CommandLine.Succeed("data", "import", logs, "--out", Dataset);
        File.WriteAllText(_folder.PathOf("train.json"), Config);
        CommandLine.Succeed("train", _folder.PathOf("train.json"), "--dataset", Dataset, "--out", Folder);
        Image = File.ReadAllBytes(Path.Combine(Folder, "model.nfm"));
    }

    public string Dataset => _folder.PathOf("others");

    public string Folder => _folder.PathOf("model");

    public byte[] Image { get; }

    public void Dispose() => _folder.Dispose();
}
