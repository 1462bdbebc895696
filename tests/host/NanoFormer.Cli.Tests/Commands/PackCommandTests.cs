using NanoFormer.Model;

namespace NanoFormer.Cli.Tests.Commands;

public class PackCommandTests
{
    [Fact]
    public void Packing_costs_flash_saves_cycles_and_is_undone()
    {
        using var folder = new TemporaryFolder();
        string packed = folder.PathOf("packed.nfm");
        string unpacked = folder.PathOf("unpacked.nfm");

        var run = CommandLine.Succeed("pack", ShippedModel.Folder, "--out", packed);
        CommandLine.Succeed("pack", packed, "--out", unpacked, "--unpack");

        Assert.Equal(PackedSection.Append(ShippedModel.Image), File.ReadAllBytes(packed));
        Assert.Equal(ShippedModel.Image, File.ReadAllBytes(unpacked));
        Assert.Matches("cycles instead of [0-9,]+ on a cortex-m4", run.Output);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_script_gets_the_file_and_what_it_costs_before_and_after(bool unpack)
    {
        using var folder = new TemporaryFolder();
        byte[] packed = PackedSection.Append(ShippedModel.Image);
        string model = unpack ? folder.Write("packed.nfm", packed) : ShippedModel.Folder;
        string path = folder.PathOf("out.nfm");

        var json = CommandLine.Succeed(["pack", model, "--out", path, "--json", .. unpack ? ["--unpack"] : Array.Empty<string>()]).Json;

        var (plainCycles, packedCycles) = CyclesOf(ShippedModel.Folder);
        var (plain, dense) = ((ShippedModel.Image.Length, plainCycles), (packed.Length, packedCycles));
        Assert.Equal(path, json.GetProperty("file").GetProperty("path").GetString());
        Assert.Equal("cortex-m4", json.GetProperty("core").GetString());
        Assert.Equal(unpack ? dense : plain, (json.GetProperty("bytes_before").GetInt32(), json.GetProperty("cycles_before").GetInt64()));
        Assert.Equal(unpack ? plain : dense, (json.GetProperty("file").GetProperty("bytes").GetInt32(), json.GetProperty("cycles").GetInt64()));
    }

    [Fact]
    public void A_packed_image_takes_fewer_cycles_for_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        string image = folder.Write("model.nfm", BenchmarkModels.HarTiny.CreateImage());

        var (unpacked, packed) = CyclesOf(image);

        Assert.InRange(packed, 0.90 * unpacked, 0.95 * unpacked);
    }

    [Fact]
    public void Inspect_says_what_packing_costs()
    {
        string page = CommandLine.Succeed("inspect", ShippedModel.Folder).Output;
        var before = CommandLine.Succeed("inspect", ShippedModel.Folder, "--json").Json;
        using var folder = new TemporaryFolder();
        CommandLine.Succeed("pack", ShippedModel.Folder, "--out", folder.PathOf("packed.nfm"));
        var after = CommandLine.Succeed("inspect", folder.PathOf("packed.nfm"), "--json").Json;

        var m4 = before.GetProperty("packing").EnumerateArray().Single(one => one.GetProperty("core").GetString() == "cortex-m4");
        Assert.Matches("cortex-m4 +[0-9,]+ +[0-9,]+ +[0-9,]+ +[0-9,]+ +[0-9.]+ %", page);
        Assert.Equal(new FileInfo(folder.PathOf("packed.nfm")).Length, m4.GetProperty("packed_image_bytes").GetInt64());
        Assert.Equal(CyclesOf(ShippedModel.Folder), (m4.GetProperty("cycles").GetInt64(), m4.GetProperty("packed_cycles").GetInt64()));
        Assert.Equal(before.GetProperty("packing").ToString(), after.GetProperty("packing").ToString());
        Assert.Equal(PackedSection.BytesOf(ShippedModel.Read().Graph), after.GetProperty("packed_bytes").GetInt64());
    }

    private static (long Unpacked, long Packed) CyclesOf(string model)
    {
        var totals = CommandLine.Succeed("bench", model, "--core", "cortex-m4", "--backend", "dsp", "--json").Json.EnumerateArray()
            .Where(row => row.GetProperty("op").GetString() == "total").ToDictionary(row => row.GetProperty("packed").GetBoolean(), row => row.GetProperty("cycles").GetInt64());
        return (totals[false], totals[true]);
    }
}
