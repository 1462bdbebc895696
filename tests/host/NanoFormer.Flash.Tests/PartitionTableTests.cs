using System.Globalization;
using System.Security.Cryptography;

namespace NanoFormer.Flash.Tests;

public class PartitionTableTests
{
    public static TheoryData<string> Shipped => [.. Directory.GetFiles(Path.Combine(Repository.Root, "nfproj", "partitions"), "*.csv")
        .Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>Deployment areas as the stock tables of nf-interpreter have them.</summary>
    [Theory]
    [InlineData("esp32_4mb.csv", 0x1E0000, 0x1C0000)]
    [InlineData("esp32_8mb.csv", 0x1E0000, 0x2B0000)]
    [InlineData("esp32_16mb.csv", 0x1E0000, 0x2B0000)]
    [InlineData("esp32s3_4mb.csv", 0x1B0000, 0x1F0000)]
    [InlineData("esp32s3_8mb.csv", 0x1B0000, 0x2E0000)]
    [InlineData("esp32s3_16mb.csv", 0x1B0000, 0x2E0000)]
    [InlineData("esp32c3_4mb.csv", 0x1B0000, 0x1F0000)]
    public void Deployment_lies_where_the_firmware_looks_for_it(string file, long offset, long size)
    {
        var deployment = PartitionTable.Shipped(file).Deployment;

        Assert.Equal((offset, size), (deployment.Offset, deployment.Size));
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Shipped_tables_belong_to_a_board_and_fit_it(string file)
    {
        var table = PartitionTable.Shipped(file);
        var users = BoardCatalog.Shipped.Boards
            .SelectMany(board => board.Layouts, (board, layout) => (board, layout))
            .Where(user => user.layout.Table == file)
            .ToArray();

        Assert.NotEmpty(users);
        Assert.All(users, user =>
        {
            table.CheckWithin(user.board.FlashStart, user.layout.FlashMegabytes * 0x100000L);
            Assert.Equal(0, table.Model.Offset % user.board.ModelAlignment);
        });
    }

    /// <summary>SHA-256 of what Espressif's gen_esp32part.py (esp-idf, components/partition_table) makes of the same files.</summary>
    [Theory]
    [InlineData("esp32_4mb.csv", "42eed64a38460b74ced3e421fa9a72818eba78305627c9b66b851fa50a9d1f56")]
    [InlineData("esp32_8mb.csv", "4455878348fb69ebe48822b5f266c2ee4009b1fe3bb8215eb3d3ba4b5f6f372f")]
    [InlineData("esp32_16mb.csv", "7a456b6b5d22c0fd2e263ed557abdbf8f13cdde83c2af4256bc48d30d9890e77")]
    [InlineData("esp32s3_4mb.csv", "81be360f8761139ab45558011c6f5b9de060ef3cb706042d28387e4f9c0004a9")]
    [InlineData("esp32s3_8mb.csv", "5d8ad9d3fa5929720d4c47d99682bd2dfb9bec193fb1c598ebb6876a0108ae0f")]
    [InlineData("esp32s3_16mb.csv", "701604fabc3cd7d528e16b24d257c66bf742c6b8e0d6f9638755defb749b8299")]
    [InlineData("esp32c3_4mb.csv", "81be360f8761139ab45558011c6f5b9de060ef3cb706042d28387e4f9c0004a9")]
    [InlineData("esp32c3_8mb.csv", "ed231ac7aa44c2779980fede152dca19bb59fb28290c2d5600b44debd201cfcb")]
    [InlineData("esp32c3_16mb.csv", "183b44e73426a02e8036b3ce1143107e853cd93dacec6df3539d7e84b899586f")]
    public void Binary_form_equals_Espressifs(string file, string sha256) =>
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(PartitionTableImage.Of(PartitionTable.Shipped(file)))));

    /// <summary>The MD5 in the table that nanoff ships for boards of 2 MB (lib/esp32bootloader/partitions_2mb.bin).</summary>
    [Fact]
    public void Checksum_equals_that_of_a_table_in_use()
    {
        var table = PartitionTable.Parse("2mb.csv", """
            nvs, data, nvs, 0x9000, 0x6000
            phy_init, data, phy, 0xf000, 0x1000
            factory, app, factory, 0x10000, 0x1b0000
            deploy, data, 0x84, 0x1c0000, 0x30000
            config, data, spiffs, 0x1f0000, 0x10000,
            """);

        byte[] image = PartitionTableImage.Of(table);

        Assert.Equal(3072, image.Length);
        Assert.Equal("9c0c01390add08db328098f710985bd5", Convert.ToHexStringLower(image.AsSpan(0xB0, 16)));
    }

    [Theory]
    [InlineData("nvs, data, nvs, 0x9000")]
    [InlineData("nvs, data, nvs, 0x9000, 6,000")]
    [InlineData("nvs, data, nvs, 0x9000, 4096M")]
    [InlineData("nvs, data, nvs, 0x9000, -0x1000")]
    [InlineData("nvs, data, nvs, 0x9000, 24KB")]
    [InlineData("nvs, data, nvs, 0x9000, 0x0")]
    [InlineData("nvs, dta, nvs, 0x9000, 0x6000")]
    [InlineData("nvs, data, nvss, 0x9000, 0x6000")]
    [InlineData("a_name_of_17_char, data, nvs, 0x9000, 0x6000")]
    [InlineData("nvs, data, nvs, 0x9000, 0x6000, secret")]
    [InlineData("nvs, data, nvs, 0x9000, 0x6000, encrypted, readonly")]
    [InlineData("nvs, data, nvs, 0x9100, 0x6000")]
    public void Lines_that_cannot_be_read_are_named(string line)
    {
        var refused = Assert.Throws<FlashException>(() => PartitionTable.Parse("own.csv", $"# comment\n\n{line}\n"));

        Assert.Equal(FlashError.BadPartitionTable, refused.Error);
        Assert.StartsWith("own.csv: line 3 ", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("b, data, nvs, 0xE000, 0x1000")]
    [InlineData("a, data, nvs, 0x10000, 0x1000")]
    public void Overlaps_and_second_names_are_refused(string second) => Assert.Equal(
        FlashError.BadPartitionTable,
        Assert.Throws<FlashException>(() => PartitionTable.Parse("own.csv", $"a, data, nvs, 0x9000, 0x6000\n{second}")).Error);

    [Fact]
    public void A_table_of_too_many_partitions_has_no_binary_form()
    {
        string csv = string.Join('\n', Enumerable.Range(0, 95).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"p{i}, data, nvs, 0x{0x9000 + (i * 0x1000):X}, 0x1000")));

        Assert.Equal(
            FlashError.BadPartitionTable,
            Assert.Throws<FlashException>(() => PartitionTableImage.Of(PartitionTable.Parse("own.csv", csv))).Error);
    }

    /// <summary>ESP-IDF's own notation gives the bytes of the same table written out.</summary>
    [Fact]
    public void Espressifs_notation_is_read()
    {
        var table = Case("idf.csv");

        Assert.Equal([0x9000, 0xF000, 0x10000, 0x1E0000, 0x2E0000, 0x3C0000], table.Partitions.Select(partition => partition.Offset));
        Assert.Equal([0x6000, 0x1000, 0x1D0000, 0x100000, 0x40000, 0x40000], table.Partitions.Select(partition => partition.Size));
        byte[] flags = [.. table.Partitions.Select((_, i) => PartitionTableImage.Of(table)[(i * 32) + 28])];
        Assert.Equal([0, 0, 0, 0, 0, 1], flags);

        var aligned = PartitionTable.Parse("own.csv", "nvs, data, 2, 36864, 4k\nfactory, 0, factory, , 1M, encrypted:readonly\nota, data, ota, , 8K");
        Assert.Equal([0x9000, 0x10000, 0x110000], aligned.Partitions.Select(partition => partition.Offset));
        Assert.Equal(3, aligned.Partitions[1].Flags);
    }

    [Fact]
    public void A_byte_order_mark_is_none_of_the_table() =>
        Assert.Equal(["nvs", "phy_init", "factory", "deploy", "model", "config"], Case("bom.csv").Partitions.Select(partition => partition.Name));

    [Theory]
    [InlineData("ren.csv", "'weights'")]
    [InlineData("case.csv", "'Model'")]
    public void A_model_under_another_name_would_not_be_found(string file, string name)
    {
        var refused = FlashCase.Refused(FlashCase.Request("ESP32_REV3") with { Table = Case(file) });

        Assert.Equal(FlashError.BadPartitionTable, refused.Error);
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
    }

    private static PartitionTable Case(string file) =>
        PartitionTable.Parse(file, File.ReadAllText(Path.Combine(Repository.Root, "tests", "host", "NanoFormer.Flash.Tests", "Cases", file)));
}
