using System.Globalization;
using NanoFormer.Model;

namespace NanoFormer.Cli.Reports;

/// <summary>Draws the arena over time in text: operators down, bytes across.</summary>
internal static class ArenaPicture
{
    private const int Width = 64;
    private const string Letters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>One line an operator; those of a group are joined by a bracket.</summary>
    public static void Draw(ArenaTimeline timeline, int arenaBytes)
    {
        string bytes = arenaBytes.ToString("N0", CultureInfo.InvariantCulture);
        Console.Out.WriteLine($"arena, {bytes} bytes from left to right");
        Console.Out.WriteLine("  letter: written by that operator, #: scratch, =: state, ~: staging, .: free, [ tiles of some rows");
        foreach (var moment in timeline.Operators)
        {
            char[] map = new string('.', Width).ToCharArray();
            foreach (var use in moment.Uses)
            {
                Fill(map, use.Region, arenaBytes, MarkOf(use));
            }

            string rows = moment.Group is { } group && group.First == moment.Index ? $" {group.TileRows} rows at a time" : "";
            char bracket = moment.Group is null ? ' ' : '[';
            Console.Out.WriteLine($"{bracket} {Letter(moment.Index)} {InspectReport.NameOf(moment.Kind),-15} {new string(map)}{rows}");
        }
    }

    private static char MarkOf(ArenaUse use) => use.What switch
    {
        "scratch" => '#',
        "state" => '=',
        "staging" => '~',
        _ => Letter(use.Operator ?? 0),
    };

    private static void Fill(char[] map, ArenaRegion region, int arenaBytes, char mark)
    {
        if (region.Bytes > 0)
        {
            int first = (int)((long)region.Offset * map.Length / arenaBytes);
            int last = (int)((region.End - 1L) * map.Length / arenaBytes);
            map.AsSpan(first, last - first + 1).Fill(mark);
        }
    }

    private static char Letter(int index) => Letters[index % Letters.Length];
}
