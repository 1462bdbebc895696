using System.Globalization;

namespace NanoFormer.Flash;

/// <summary>A board of nfproj/boards.json.</summary>
/// <param name="Id">Name on the command line.</param>
/// <param name="Title">What the board is.</param>
/// <param name="Target">The name by which nanoff and nf-interpreter know it.</param>
/// <param name="Chip">Its microcontroller, as firmware files name it.</param>
/// <param name="Family">How it is flashed.</param>
/// <param name="FlashBase">First address of its flash, in hexadecimal.</param>
/// <param name="ModelAlignment">The partition of a model starts at a multiple of this many bytes.</param>
/// <param name="ArenaBudgetBytes">Working memory that a model may ask for.</param>
/// <param name="Strategies">Places a model can have, the default first.</param>
/// <param name="Layouts">Sizes of flash, the usual one first.</param>
/// <param name="Sources">Where each fact stands.</param>
public sealed record Board(
    string Id,
    string Title,
    string Target,
    string Chip,
    BoardFamily Family,
    string FlashBase,
    int ModelAlignment,
    int ArenaBudgetBytes,
    IReadOnlyList<ModelStrategy> Strategies,
    IReadOnlyList<BoardLayout> Layouts,
    IReadOnlyDictionary<string, string> Sources)
{
    /// <summary>First address of the flash.</summary>
    public long FlashStart => Convert.ToInt64(FlashBase, 16);

    /// <summary>Flash for a model image in the usual layout, in bytes.</summary>
    public long ModelBytes => PartitionTable.Shipped(Layout(flashMegabytes: null).Table).Model.Size;

    /// <summary>The layout for a size of flash; the usual one without.</summary>
    /// <exception cref="FlashException">The board has none of that size.</exception>
    public BoardLayout Layout(int? flashMegabytes)
    {
        if (flashMegabytes is not { } size)
        {
            return Layouts[0];
        }

        return Layouts.FirstOrDefault(layout => layout.FlashMegabytes == size)
            ?? throw new FlashException(
                FlashError.UnknownFlashSize,
                $"{Id} has no layout for {Number(size)} MB of flash; known: {Sizes()} MB.");
    }

    /// <summary>A strategy that this board supports; its default without.</summary>
    /// <exception cref="FlashException">It supports others only.</exception>
    public ModelStrategy Strategy(ModelStrategy? strategy)
    {
        if (strategy is not { } chosen)
        {
            return Strategies[0];
        }

        return Strategies.Contains(chosen) ? chosen : throw new FlashException(
            FlashError.UnsupportedStrategy,
            $"{Id} cannot hold a model by the strategy '{Name(chosen)}'; possible: {string.Join(", ", Strategies.Select(Name))}.");
    }

    private string Sizes() => string.Join(", ", Layouts.Select(layout => Number(layout.FlashMegabytes)));

    private static string Name(ModelStrategy strategy) => strategy.ToString().ToLowerInvariant();

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>How a board is flashed.</summary>
public enum BoardFamily
{
    /// <summary>Over a serial port by the chip's own boot loader; the flash has a partition table.</summary>
    Esp32,

    /// <summary>Through an ST-LINK probe; the regions of the flash are built into the firmware.</summary>
    Stm32,

    /// <summary>As a USB drive that the chip's own boot loader shows; the regions of the flash are built into the firmware.</summary>
    Pico,
}

/// <summary>How the flash of a board is divided.</summary>
/// <param name="FlashMegabytes">Size of the flash in MB.</param>
/// <param name="Table">File of nfproj/partitions.</param>
public sealed record BoardLayout(int FlashMegabytes, string Table);
