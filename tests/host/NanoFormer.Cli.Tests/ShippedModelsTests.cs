using System.Globalization;
using NanoFormer.Emulator;
using NanoFormer.Model;
using NanoFormer.Training.Cards;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Cli.Tests;

/// <summary>What every model in model-blobs must be, whoever trained it.</summary>
public class ShippedModelsTests
{
    /// <summary>Folder, least accuracy in int8 (or F1 where there are no classes), most bytes of the image.</summary>
    public static TheoryData<string, double, int> Models => new()
    {
        { "wearable-har", 0.955, 64 * 1024 },
        { "wearable-har-tiny", 0.955, 24 * 1024 },
        { "wearable-har-stream", 0.88, 64 * 1024 },
        { "fan-imbalance", 0.93, 64 * 1024 },
        { "industrial-bearing", 0.993, 64 * 1024 },
        { "industrial-skab", 0.78, 16 * 1024 },
        { "drone-flight", 0.985, 80 * 1024 },
    };

    private static string Blobs => Path.Combine(Repository.Root, "model-blobs");

    [Fact]
    public void Every_folder_is_held_to_its_promise() => Assert.Equal(
        Directory.GetDirectories(Blobs).Select(Path.GetFileName).Order(),
        Models.Select(row => row.Data.Item1).Order());

    [Fact]
    public void Scores_tell_what_is_promised()
    {
        var drone = CardOf("drone-flight").Test;
        var water = CardOf("industrial-skab").Test.Detection!.ToCounts();

        Assert.InRange(drone.Faults![^1].Auc, 0.96, 1);
        Assert.InRange(drone.Alarms!.Value, 0, 0.02);
        Assert.InRange(water.FalseAlarmRate, 0, 0.15);
    }

    [Theory, MemberData(nameof(Models))]
    public void Model_is_what_its_card_says(string name, double accuracy, int bytes)
    {
        string folder = Path.Combine(Blobs, name);
        byte[] file = File.ReadAllBytes(Path.Combine(folder, "model.nfm"));
        var image = ImageReader.Read(file);
        var card = CardOf(name);

        Assert.Equal(name, image.Graph.ModelId);
        Assert.Equal(card.ImageCrc32, image.Crc32.ToString("x8", CultureInfo.InvariantCulture));
        Assert.Equal(card.ImageBytes, file.Length);
        Assert.Equal(card.ArenaBytes, image.Plan.ArenaBytes);
        Assert.InRange(file.Length, 1, bytes);
        Assert.InRange(card.Test.Int8Accuracy ?? card.Test.Detection!.ToCounts().F1, accuracy, 1);
        Assert.InRange(card.Test.FakeQuantizedAgreement, 0.999, 1);
        Assert.Equal(name, TrainingConfig.Load(Path.Combine(folder, "train.json")).Name);
        Assert.True(File.Exists(Path.Combine(folder, "model.onnx")));
        using var reference = new ReferenceEngine(file);
        reference.SelfTest();
    }

    private static ModelCard CardOf(string name) => ModelCard.Parse(File.ReadAllText(Path.Combine(Blobs, name, "model-card.json")));
}
