using System.Globalization;
using System.Xml.Linq;
using CsCheck;
using NanoFormer.Data.Inspection;

namespace NanoFormer.Data.Tests.Inspection;

public sealed class InspectionTests
{
    [Fact]
    public void A_summary_counts_what_is_there()
    {
        RandomRecordings.Sets.Sample(recordings =>
        {
            var summary = DatasetSummary.Of("set", recordings);
            double[] values = recordings.SelectMany(r => r.Samples.Chunk(2)).Select(s => s[1] * 0.25).ToArray();

            Assert.Equal(recordings.Sum(r => r.SampleCount), summary.Samples);
            Assert.Equal(summary.Samples, summary.Labels.Sum(label => label.Samples));
            Assert.Equal(summary.Samples, summary.Subjects.Sum(subject => subject.SamplesByLabel.Sum()));
            Assert.Equal(recordings.Length - recordings.Select(r => r.Source).Distinct().Count(), summary.Gaps);
            Assert.Equal(values.Min(), summary.Channels[1].Min);
            Assert.Equal(values.Max(), summary.Channels[1].Max);
            Assert.Equal(values.Average(), summary.Channels[1].Mean, 1e-6);
            Assert.Equal(Math.Sqrt(values.Average(v => Math.Pow(v - values.Average(), 2))), summary.Channels[1].StandardDeviation, 1e-6);
        }, iter: 50);
    }

    [Fact]
    public void What_a_trainer_stumbles_over_is_told()
    {
        var recording = new Recording
        {
            Name = "r",
            Subject = "eve",
            RateHz = 50,
            Channels = [new ChannelInfo("dead", "g", 1), new ChannelInfo("loud", "g", 1)],
            Samples = [3, 1, 3, 9, 3, 9, 3, 9, 3, 9, 3, 9, 3, 9, 3, 2],
            Labels = [0, 0, -1, -1, 0, 0, 0, 0],
            ClassNames = ["WALK", "RUN"],
        };

        var warnings = DatasetSummary.Of("set", [recording]).Warnings;

        Assert.Contains(warnings, w => w.StartsWith("Channel dead is constant", StringComparison.Ordinal));
        Assert.Contains(warnings, w => w.StartsWith("Channel loud stays at its lowest or highest value for 6 samples", StringComparison.Ordinal));
        Assert.Contains("Class RUN has no samples.", warnings);
        Assert.Contains(warnings, w => w.StartsWith("Class WALK comes from one subject", StringComparison.Ordinal));
    }

    [Fact]
    public void A_picture_equals_its_golden_file()
    {
        var recording = new Recording
        {
            Name = "walk.csv#1",
            Subject = "<eve>",
            RateHz = 10,
            Channels = [new ChannelInfo("ax", "g", 0.5), new ChannelInfo("ay", "g", 0.5), new ChannelInfo("gz", "rad/s", 0.25)],
            Samples = [.. Enumerable.Range(0, 20).SelectMany(i => new[] { (short)(i % 5), (short)(10 - i), (short)(i * i) })],
            Labels = [.. Enumerable.Range(0, 20).Select(i => i < 8 ? 0 : i < 10 ? -1 : 1)],
            ClassNames = ["REST", "RUN & WALK"],
        };

        string svg = SignalPlot.Draw(recording);

        Assert.Equal("svg", XDocument.Parse(svg).Root!.Name.LocalName);
        GoldenFile.AssertEqual("signal.svg", svg);
    }

    [Fact]
    public void A_spike_of_one_sample_in_a_long_recording_is_drawn()
    {
        short[] samples = new short[100_000];
        samples[54_321] = 1000;
        var recording = new Recording { Name = "r", RateHz = 50, Channels = [new ChannelInfo("x", "g", 1)], Samples = samples };

        var line = Lines(SignalPlot.Draw(recording)).MaxBy(points => points.Length)!;

        Assert.InRange(line.Length, 300, 4000); // by pixels, not by samples
        double floor = line[0].Y;
        var spike = Assert.Single(line, point => point.Y < floor - 50);
        Assert.Equal(0.54321, (spike.X - line[0].X) / (line[^1].X - line[0].X), 1e-3);
        Assert.All(line, point => Assert.True(point == spike || point.Y == floor));
    }

    private static IEnumerable<(double X, double Y)[]> Lines(string svg) => XDocument.Parse(svg).Descendants()
        .Where(element => element.Name.LocalName == "polyline")
        .Select(element => element.Attribute("points")!.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(PointOf).ToArray());

    private static (double X, double Y) PointOf(string pair)
    {
        double[] parts = [.. pair.Split(',').Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
        return (parts[0], parts[1]);
    }
}
