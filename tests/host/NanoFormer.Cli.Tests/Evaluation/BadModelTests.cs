using System.Globalization;
using System.Text;
using NanoFormer.Cli.Tests.Commands;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Cli.Tests.Evaluation;

/// <summary>A model that must not be shipped, from the command line: each of its faults is a failed line of the checklist, in words.</summary>
public sealed class BadModelTests
{
    private static readonly string[] Classes = ["lie", "run", "sit", "stand", "walk"];

    [Fact]
    public void What_is_wrong_often_dead_clipped_mixed_and_refused_by_the_device_fails_line_by_line()
    {
        using var data = new TemporaryFolder();
        data.Write("motion.csv", Encoding.UTF8.GetBytes(Recordings()));
        using var model = new UntrainedModel(Config, Classes,
            [new("acc_x", "g", 1e-3), new("acc_y", "g", 1e-3), new("acc_z", "g", 1e-3), new("pressure", "bar", 1e-3)]);

        var run = CommandLine.Succeed("evaluate", model.Folder, "--dataset", data.PathOf("motion.csv"), "--core", "reference", "--json");
        var lines = run.Json.GetProperty("checklist").EnumerateArray().ToDictionary(
            line => line.GetProperty("check").GetString()!, line => (State: line.GetProperty("state").GetString(), Figure: line.GetProperty("figure").GetString()!));

        void Fails(string check, string words)
        {
            Assert.Equal("failed", lines[check].State);
            Assert.Contains(words, lines[check].Figure, StringComparison.Ordinal);
        }

        Fails("right often enough", "of the answers are right, at least 65 %");
        Fails("better than without a network", "points against a random forest");
        Fails("every class recognised", "never answered: ");
        Fails("values within range", "of the values lie beyond input.ranges");
        Fails("one unit for all", "mixed units, such as g and m/s2");
        Fails("firmware takes the channels", "'pressure' in bar is not an axis");
        Assert.Matches("never answered: [a-z]+, [a-z]+, [a-z]+", lines["every class recognised"].Figure); // three or more of five
    }

    private static TrainingConfig Config => TrainingConfig.Parse(UntrainedModel.ConfigText
        .Replace("[2, 4]", "[0.05, 0.05, 0.05, 0.5]", StringComparison.Ordinal)
        .Replace("\"credit\": \"Made up.\"", """
            "credit": "Made up.", "csv": {
              "columns": {
                "channels": [ { "name": "acc_x", "unit": "g", "scale": 1e-3 }, { "name": "acc_y", "unit": "g", "scale": 1e-3 },
                  { "name": "acc_z", "unit": "g", "scale": 1e-3 }, { "name": "pressure", "unit": "bar", "scale": 1e-3 } ],
                "timeColumn": "t", "rateHz": 50, "labelColumn": "what", "subjectColumn": "who"
              },
              "windowSamples": 32, "testSubjects": ["cid"]
            }
            """, StringComparison.Ordinal));

    /// <summary>Three people with five kinds of swing; one was recorded in m/s2, though the header says g.</summary>
    private static string Recordings()
    {
        var text = new StringBuilder("t,acc_x,acc_y,acc_z,pressure,what,who\n");
        foreach (var (who, unit) in new[] { ("ann", 1.0), ("bob", 9.81), ("cid", 1.0) })
        {
            for (int i = 0; i < 5 * 320; i++)
            {
                double swing = 0.5 * Math.Sin((2 * Math.PI * i * (1 + (i / 320)) / 50.0) + who[0]);
                text.Append(CultureInfo.InvariantCulture, $"{i / 50.0:0.00},{unit * swing:0.000},{unit * (0.3 + swing):0.000},{unit:0.000},1,{Classes[i / 320]},{who}\n");
            }
        }

        return text.ToString();
    }
}
