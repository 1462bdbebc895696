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

    /// <summary>The profile of a board, by its id, the name that <c>flash</c> knows it by, or the core it stands for; in any case of letters.</summary>
    /// <exception cref="KeyNotFoundException">No board has that id, name or core.</exception>
    public BoardProfile Board(string idOrCore, SensorPart sensor = SensorPart.Mpu6050)
    {
        bool IsAsked(string? name) => string.Equals(name, idOrCore, StringComparison.OrdinalIgnoreCase);
        var entry = Boards.FirstOrDefault(board => IsAsked(board.Id))
            ?? Boards.FirstOrDefault(board => IsAsked(board.FlashBoard))
            ?? Boards.FirstOrDefault(board => IsAsked(board.Core))
            ?? throw new KeyNotFoundException($"There is no board '{idOrCore}'; known: {KnownBoards()}.");
        return new BoardProfile(entry, sensor, this);
    }

    private string KnownBoards() => string.Join(", ", Boards.Select(board => board.Id));
}
