using System.Globalization;
using System.Text.RegularExpressions;

namespace NanoFormer.Flash.Tests;

public partial class BoardCatalogTests
{
    [Theory]
    [InlineData("ESP32_REV3", "ESP32_REV3")]
    [InlineData("esp32_s3", "ESP32_S3")]
    [InlineData("ESP32_S3_OCTAL", "ESP32_S3")]
    [InlineData("ST_STM32F769I_DISCOVERY", "STM32F769I_DISCOVERY")]
    public void Boards_are_found_by_id_and_by_target(string name, string id) => Assert.Equal(id, BoardCatalog.Shipped.Find(name).Id);

    [Fact]
    public void An_unknown_board_is_answered_with_the_list()
    {
        var refused = Assert.Throws<FlashException>(() => BoardCatalog.Shipped.Find("ESP8266"));

        Assert.Equal(FlashError.UnknownBoard, refused.Error);
        Assert.All(BoardCatalog.Shipped.Boards, board => Assert.Contains(board.Id, refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Flash_sizes_and_strategies_that_a_board_has_not_are_refused()
    {
        var board = BoardCatalog.Shipped.Find("STM32F769I_DISCOVERY");

        Assert.Equal(FlashError.UnknownFlashSize, Assert.Throws<FlashException>(() => board.Layout(4)).Error);
        var refused = Assert.Throws<FlashException>(() => board.Strategy(ModelStrategy.Partition));
        Assert.Equal(FlashError.UnsupportedStrategy, refused.Error);
        Assert.Contains("address, clr, resource", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fact_that_is_not_a_name_has_a_source() => Assert.All(
        BoardCatalog.Shipped.Boards,
        board => Assert.Equal(["arenaBudgetBytes", "layouts", "modelAlignment", "target"], board.Sources.Keys.Order()));

    [Fact]
    public void The_budget_is_the_arena_that_the_firmware_is_built_with()
    {
        string header = File.ReadAllText(Path.Combine(Repository.Root, "native-interop", "nanoframework", "transformers.h"));
        int bytes = int.Parse(ArenaBytes().Match(header).Groups[1].Value, CultureInfo.InvariantCulture);

        Assert.All(BoardCatalog.Shipped.Boards, board => Assert.Equal(bytes, board.ArenaBudgetBytes));
    }

    [GeneratedRegex(@"#define NF_FIRMWARE_ARENA_BYTES (\d+)")]
    private static partial Regex ArenaBytes();
}
