using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NanoFormer.Model;
using NanoFormer.Training.Cards;

namespace NanoFormer.Cli.Tests.Commands;

public class NewCommandTests
{
    private const int Rate = 50;

    [Fact]
    public void A_folder_of_recordings_becomes_a_judged_model_and_what_is_wrong_with_the_settings_is_told()
    {
        using var folder = new TemporaryFolder();
        string recordings = WriteRecordings(folder);
        string output = folder.PathOf("out");
        string[] command = ["new", recordings, "--out", output, "--seeds", "1", "--minutes", "0.1"];

        var looked = CommandLine.Succeed(command);

        Assert.Contains("'unknown' becomes 'other'", looked.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(output, "model")));

        string config = Path.Combine(output, "train.json");
        var settings = JsonNode.Parse(File.ReadAllText(config), documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip, AllowTrailingCommas = true })!;
        settings["input"]!["ranges"]![0] = 0.01;
        settings["floatTraining"]!["epochs"] = 10;
        File.WriteAllText(config, settings.ToJsonString());
        var run = CommandLine.Succeed([.. command, "--yes", "--json"]);

        Assert.Matches(@"warning: .* acc_x .* are clipped", run.Errors);
        var evaluation = run.Json.GetProperty("evaluation");
        Assert.Equal(["other", "running", "walking"], evaluation.GetProperty("classes").EnumerateArray().Select(label => label.GetString()!).Order());
        Assert.True(evaluation.GetProperty("accuracy").GetDouble() > 0.5); // a third by chance
        Assert.Equal(2, ModelCard.Parse(File.ReadAllText(Path.Combine(output, "model", "model-card.json"))).Costs.Count(cost => cost.Core is "xtensa" or "cortex-m4"));
        Assert.True(File.Exists(Path.Combine(output, "report.html")));
        Assert.True(File.Exists(Path.Combine(output, "model", "model.nfm")));
    }

    [Fact]
    public void What_was_tried_on_people_held_out_is_told_and_the_end_is_a_page_and_the_way_to_the_board()
    {
        using var folder = new TemporaryFolder();
        string output = folder.PathOf("out");

        var run = CommandLine.Succeed("new", WriteRecordings(folder), "--out", output, "--seeds", "1", "--minutes", "0.1", "--yes", "--test", "s02,s04");

        Assert.Contains("2 to judge on: s02, s04", run.Output, StringComparison.Ordinal);
        string tried = Assert.Single(run.Lines, line => line.StartsWith("tried:", StringComparison.Ordinal));
        Assert.Matches(@"as proposed [\d.]+ %, a quarter of the epochs [\d.]+ %, with(out)? gains [\d.]+ %: .*held out(: s0[13]| in turn)\)$", tried);
        Assert.Equal(File.ReadAllText(Path.Combine(output, "train.proposed.json")), File.ReadAllText(Path.Combine(output, "train.json")));
        Assert.Contains("report.html", run.Output, StringComparison.Ordinal);
        Assert.Contains("./run flash --board ESP32_REV3 --model", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Gestures_of_one_window_are_not_voted_on()
    {
        using var folder = new TemporaryFolder();
        string output = folder.PathOf("out");
        string[] command = ["new", WriteRecordings(folder, seconds: 1, times: 5), "--out", output, "--seeds", "1", "--minutes", "0.1"];

        string vote = Assert.Single(CommandLine.Succeed(command).Lines, line => line.StartsWith("vote:", StringComparison.Ordinal));
        var check = CommandLine.Succeed([.. command, "--yes", "--json"]).Json.GetProperty("evaluation").GetProperty("checklist").EnumerateArray()
            .Single(line => line.GetProperty("check").GetString() == "events outlast the vote");

        Assert.Contains("1 of 1 window", vote, StringComparison.Ordinal);
        Assert.Equal("passed", check.GetProperty("state").GetString());
        Assert.Equal(1, ImageReader.Read(File.ReadAllBytes(Path.Combine(output, "model", "model.nfm"))).Graph.Voters);
    }

    [Fact]
    public void Several_seeds_answer_together_where_the_board_has_room()
    {
        using var folder = new TemporaryFolder();
        string output = folder.PathOf("out");
        string[] command = ["new", WriteRecordings(folder), "--out", output, "--minutes", "0.1", "--seeds"];

        string said = Assert.Single(CommandLine.Succeed([.. command, "2"]).Lines, line => line.StartsWith("ensemble:", StringComparison.Ordinal));
        CommandLine.Succeed([.. command, "2", "--yes"]);
        var card = ModelCard.Parse(File.ReadAllText(Path.Combine(output, "model", "model-card.json")));
        var image = ImageReader.Read(File.ReadAllBytes(Path.Combine(output, "model", "model.nfm")));

        Assert.Contains("2 such networks", said, StringComparison.Ordinal);
        Assert.Equal((2, 2), (card.Ensemble, card.Seeds.Count));
        Assert.Equal(2, GraphEnsemble.MembersOf(image.Graph).Count);
        Assert.DoesNotContain(CommandLine.Succeed([.. command, "1", "--force"]).Lines, line => line.StartsWith("ensemble:", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_without_classes_is_refused_with_what_to_do()
    {
        using var folder = new TemporaryFolder();
        folder.Write("one.csv", Encoding.UTF8.GetBytes(Recording("walking", 1)));

        var run = CommandLine.Run("new", folder.Name, "--out", folder.PathOf("out"));

        run.AssertRefused("UNKNOWN_FORMAT");
        Assert.Contains("--label-column", run.Errors, StringComparison.Ordinal);
    }

    private static string WriteRecordings(TemporaryFolder folder, int seconds = 30, int times = 1)
    {
        string recordings = folder.PathOf("people");
        foreach (string kind in (string[])["walking", "running", "unknown"])
        {
            Directory.CreateDirectory(Path.Combine(recordings, kind));
            for (int person = 1; person <= 4; person++)
            {
                for (int time = 1; time <= times; time++)
                {
                    string name = times == 1 ? $"s{person:00}.csv" : $"s{person:00}_{time}.csv";
                    File.WriteAllText(Path.Combine(recordings, kind, name), Recording(kind, person + (10 * (time - 1)), seconds));
                }
            }
        }

        return recordings;
    }

    /// <summary>Acceleration in g: 1.7 or 2.7 steps per second, or rest.</summary>
    private static string Recording(string kind, int person, int seconds = 30)
    {
        var random = new Random(person + kind.Length);
        var text = new StringBuilder("time_s,acc_x,acc_y,acc_z\n");
        var (hertz, size) = kind switch { "walking" => (1.7, 0.3), "running" => (2.7, 0.9), _ => (0.0, 0.0) };
        for (int i = 0; i < seconds * Rate; i++)
        {
            double time = (double)i / Rate;
            double swing = (size * Math.Sin((2 * Math.PI * hertz * time) + person)) + (0.02 * random.NextDouble());
            text.Append(CultureInfo.InvariantCulture, $"{time:0.00},{0.4 * swing:0.0000},{0.1 + (0.02 * random.NextDouble()):0.0000},{1 + swing:0.0000}\n");
        }

        return text.ToString();
    }
}
