using System.CommandLine;
using System.Globalization;
using NanoFormer.Cli.Models;
using NanoFormer.Cli.Reports;
using NanoFormer.Emulator;
using NanoFormer.Model;

namespace NanoFormer.Cli.Commands;

/// <summary><c>pack MODEL --out FILE</c>: flash for cycles, or back.</summary>
internal static class PackCommand
{
    public static Command Create()
    {
        var model = ModelFile.Argument();
        var output = new Option<string>("--out") { Description = "The image to write.", Required = true };
        var unpack = new Option<bool>("--unpack") { Description = "Remove the packed section." };
        var json = new Option<bool>("--json") { Description = "Write one JSON object instead of a line." };
        var command = new Command("pack", "Add the weights as the dsp kernels read them: more flash, fewer cycles.") { model, output, unpack, json };
        command.SetAction(parse => Run(
            ModelFile.Load(parse.GetRequiredValue(model)).Image,
            parse.GetRequiredValue(output),
            parse.GetValue(unpack),
            parse.GetValue(json)));
        return command;
    }

    private static int Run(byte[] image, string path, bool unpack, bool json)
    {
        byte[] result = unpack ? PackedSection.Remove(image) : PackedSection.Append(image);
        string folder = Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
        var written = OutputFile.Write(folder, Path.GetFileName(path), result);
        var packing = Packing.Of(image, CoreTarget.CortexM4);
        var (before, after) = unpack ? (packing.PackedCost, packing.Cost) : (packing.Cost, packing.PackedCost);
        if (json)
        {
            JsonOutput.Write(new
            {
                File = written,
                BytesBefore = image.Length,
                Core = packing.Core.Name,
                after?.Cycles,
                CyclesBefore = before?.Cycles,
                packing.NotCounted,
            });
            return 0;
        }

        string cycles = packing.NotCounted is { } reason
            ? $"cycles not counted: {reason}"
            : string.Create(CultureInfo.InvariantCulture, $"{after!.Cycles:N0} cycles instead of {before!.Cycles:N0} on a {packing.Core} without flash wait states");
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"wrote {written.Path}: {written.Bytes:N0} bytes instead of {image.Length:N0}, {cycles}"));
        return 0;
    }
}
