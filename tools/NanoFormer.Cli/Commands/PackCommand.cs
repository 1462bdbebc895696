using System.CommandLine;
using System.Globalization;
using NanoFormer.Cli.Models;
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
        var command = new Command("pack", "Add the weights as the dsp kernels read them: more flash, fewer cycles.") { model, output, unpack };
        command.SetAction(parse => Run(
            ModelFile.Load(parse.GetRequiredValue(model)).Image,
            parse.GetRequiredValue(output),
            parse.GetValue(unpack)));
        return command;
    }

    private static int Run(byte[] image, string path, bool unpack)
    {
        byte[] result = unpack ? PackedSection.Remove(image) : PackedSection.Append(image);
        string folder = Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
        string written = OutputFile.Write(folder, Path.GetFileName(path), result);
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"wrote {written}: {result.Length:N0} bytes instead of {image.Length:N0}, {Cycles(image, unpack)}"));
        return 0;
    }

    private static string Cycles(byte[] image, bool unpack)
    {
        var packing = Packing.Of(image, CoreTarget.CortexM4);
        var (old, cycles) = unpack ? (packing.PackedCost, packing.Cost) : (packing.Cost, packing.PackedCost);
        return packing.NotCounted is { } reason
            ? $"cycles not counted: {reason}"
            : string.Create(CultureInfo.InvariantCulture, $"{cycles!.Cycles:N0} cycles instead of {old!.Cycles:N0} on a {packing.Core} without flash wait states");
    }
}
