namespace NanoFormer.Board;

/// <summary>The table behind every estimate of energy, read from power-figures.json.</summary>
/// <param name="Figures">Current consumptions with their sources.</param>
/// <param name="Boards">Board profiles, by reference to figures.</param>
public sealed record PowerFigures(IReadOnlyList<PowerFigure> Figures, IReadOnlyList<BoardEntry> Boards)
{
    /// <summary>The shipped table.</summary>
    public static PowerFigures Shipped { get; } = EmbeddedData.ReadJson<PowerFigures>("power-figures.json");

    /// <summary>The figure of an id.</summary>
    /// <exception cref="KeyNotFoundException">No figure has that id.</exception>
    public PowerFigure Figure(string id) =>
        Figures.FirstOrDefault(figure => figure.Id == id) ?? throw new KeyNotFoundException($"There is no power figure '{id}'.");

    /// <summary>The profile of a board, by its id or by the core it stands for.</summary>
    /// <exception cref="KeyNotFoundException">No board has that id or core.</exception>
    public BoardProfile Board(string idOrCore)
    {
        var entry = Boards.FirstOrDefault(board => board.Id == idOrCore)
            ?? Boards.FirstOrDefault(board => board.Core == idOrCore)
            ?? throw new KeyNotFoundException($"There is no board '{idOrCore}'; known: {KnownBoards()}.");
        return new BoardProfile(entry, this);
    }

    private string KnownBoards() => string.Join(", ", Boards.Select(board => board.Id));
}
