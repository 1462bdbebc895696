using System;
using NanoFormer.Board;
using NanoFormer.Boards.Esp32;
using NanoFormer.Runtime;
using Esp32Sleep = nanoFramework.Hardware.Esp32.Sleep;

namespace NanoFormer.Esp32;

/// <summary>The firmware's sleeps of an ESP32 on a simulated board.</summary>
public static class Esp32Sleeps
{
    /// <summary>The sleeps of a board that has the chip; they belong to the thread that asks for them. The caller disposes them.</summary>
    public static IPower Of(SimulatedBoard board)
    {
        ArgumentNullException.ThrowIfNull(board);
        Esp32Sleep.Use(board.Esp32);
        return new Esp32Power(new PinPower(board.Gpio, SimulatedBoard.InterruptPin), SimulatedBoard.InterruptPin);
    }
}
