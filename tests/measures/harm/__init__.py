"""Infections, scores and entered counts of facilities."""
