using System.Text;

namespace NanoFormer.Cli.Tests.Commands.Data;

/// <summary>A folder of CSV files as the README of the data library describes it: two recordings each of six wearers.</summary>
internal static class WalkFolder
{
    private const int StepMilliseconds = 20;
    private static readonly string[] Wearers = ["ada", "bob", "cem", "dee", "eve", "fay"];
    private static readonly (string Name, double Hertz, double Amplitude, int Samples)[] Activities =
        [("REST", 0, 0, 300), ("WALK", 1.8, 0.35, 400), ("RUN", 2.9, 0.9, 300)];

    /// <summary>Writes the folder <c>walks</c>.</summary>
    public static string Write(TemporaryFolder folder)
    {
        string path = folder.PathOf("walks");
        Directory.CreateDirectory(path);
        var random = new Random(1);
        foreach (string file in Wearers.SelectMany(wearer => new[] { $"{wearer}_1.csv", $"{wearer}_2.csv" }))
        {
            File.WriteAllText(Path.Combine(path, file), Text(random));
        }

        return path;
    }

    private static string Text(Random random)
    {
        var text = new StringBuilder("t_ms,ax,ay,az,activity\n");
        int time = 0;
        foreach (var activity in Activities)
        {
            for (int i = 0; i < activity.Samples; i++, time += StepMilliseconds)
            {
                double motion = activity.Amplitude * Math.Sin(2 * Math.PI * activity.Hertz * time / 1000);
                double[] values = [.. new[] { motion, motion / 2, 1 + (0.7 * motion) }.Select(value => value + Noise(random))];
                text.Append(FormattableString.Invariant(
                    $"{time},{values[0]:0.0000},{values[1]:0.0000},{values[2]:0.0000},{activity.Name}\n"));
            }
        }

        return text.ToString();
    }

    private static double Noise(Random random) => 0.04 * (random.NextDouble() - 0.5);
}
