using System.CommandLine;
using NanoFormer.Cli.Reports;
using NanoFormer.Data.Preparation;

namespace NanoFormer.Cli.Commands.Data;

/// <summary><c>data resample FOLDER --rate HZ --out DIR</c>: recordings at another sample rate, without aliasing.</summary>
internal static class DataResampleCommand
{
    public static Command Create()
    {
        var folder = DataFolder.Argument();
        var rate = new Option<double>("--rate") { Description = "Samples per second.", Required = true };
        var output = DataFolder.OutOption();
        var force = DataFolder.ForceOption();
        var json = DataFolder.JsonOption();
        var command = new Command("resample", "Bring recordings to another sample rate.") { folder, rate, output, force, json };
        command.SetAction(parse => Run(
            parse.GetRequiredValue(folder), parse.GetValue(rate),
            parse.GetRequiredValue(output), parse.GetValue(force), parse.GetValue(json)));
        return command;
    }

    private static int Run(string folder, double rate, string output, bool force, bool json)
    {
        var (name, recordings) = DataFolder.Recordings(folder);
        int clipped = 0;
        var resampled = recordings.Select(recording =>
        {
            var result = Resampling.Run(recording, rate, out int count);
            clipped += count;
            return result;
        }).ToArray();
        DataFolder.Write(output, force, name, resampled);
        long samples = resampled.Sum(recording => (long)recording.SampleCount);
        if (json)
        {
            JsonOutput.Write(new { Out = output, FromHz = recordings[0].RateHz, ToHz = rate, Samples = samples, Clipped = clipped });
            return 0;
        }

        Console.Out.WriteLine(FormattableString.Invariant(
            $"{recordings[0].RateHz:0.####} Hz -> {rate:0.####} Hz: {samples} samples, {clipped} values clipped at the end of int16"));
        Console.Out.WriteLine($"written to {output}");
        return 0;
    }
}
