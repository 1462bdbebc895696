namespace NanoFormer.Board;

/// <summary>A motion sensor on a simulated board: a chip on its bus, with an interrupt pin, and with what can go wrong with it.</summary>
public interface ISimulatedSensor : II2cChip
{
    /// <summary>Raised when what the chip does to its interrupt pin changes.</summary>
    event Action<PinDrive>? InterruptPinChanged;

    /// <summary>Raised when the power mode changes.</summary>
    event Action<SensorPowerMode>? PowerModeChanged;

    /// <summary>Raised when a sample of acceleration and rotation was made, whether or not the FIFO takes it.</summary>
    event Action? SampleMade;

    /// <summary>What the chip does to its interrupt pin.</summary>
    PinDrive InterruptPin { get; }

    /// <summary>Whether, and how, the chip answers without measuring.</summary>
    SensorFreeze Freeze { get; set; }

    /// <summary>The present power mode.</summary>
    SensorPowerMode PowerMode { get; }

    /// <summary>Takes the chip's power away: it no longer answers, and its interrupt pin is released.</summary>
    void Unplug();

    /// <summary>Gives power back: the chip starts from its reset values.</summary>
    void PlugIn();
}
